# syntax=docker/dockerfile:1
FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY . .
RUN ./mvnw -B -DskipTests package

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 inventory && install -d -o inventory /data
COPY --from=build /build/target/inventory-service.jar /app/inventory-service.jar
USER inventory
# In a container the network is the boundary, so all of the container's addresses are served.
ENV HOST=0.0.0.0 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
ENTRYPOINT ["java", "-jar", "/app/inventory-service.jar"]
