# syntax=docker/dockerfile:1
# The service as an image: docs/guides/containers.md says how to run it. `.ci/check-image` does what stands here without an engine.
FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -DskipTests package
RUN java -Djarmode=tools -jar target/inventory-service.jar extract --layers --destination /layers

FROM eclipse-temurin:25.0.3_9-jre-noble
RUN groupadd --gid 10001 inventory && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin inventory \
    && install -d -o 10001 -g 10001 -m 0750 /data && install -d -o 10001 -g 10001 -m 0755 /keys
WORKDIR /app
# The libraries first: they change seldom, and a layer that has not changed is neither pushed nor pulled again.
COPY --from=build /layers/dependencies/ ./
COPY --from=build /layers/application/ ./
COPY bin/aot-train bin/command bin/healthcheck bin/key ./bin/
# Here and not in the stage before: an AOT cache fits only the very java and files that it was made with. G1 is also for one
# processor or little memory, where the JVM would take the serial collector: with G1 it was measured.
RUN JAVA_OPTIONS=-XX:+UseG1GC bin/aot-train /app
# docker build --build-arg REVISION=$(git rev-parse HEAD) names the commit, for .git is not in the image's sources.
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Inventory service" \
      org.opencontainers.image.description="Stock per store behind one durable event log, over REST." \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://git.example/retail/inventory-service" \
      org.opencontainers.image.documentation="https://git.example/retail/inventory-service/blob/main/docs/guides/containers.md" \
      org.opencontainers.image.base.name="docker.io/library/eclipse-temurin:25.0.3_9-jre-noble"
USER 10001:10001
# All of the container's addresses are served, so it does not start before there is a key: docs/guides/containers.md.
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s CMD ["/app/bin/healthcheck"]
# java itself is process 1, so that SIGTERM gets there; it takes SHUTDOWN_TIMEOUT_MS at most (30 s): give it more to stop than
# Docker's 10 s. The rest of the memory is for the stacks, the code and what is on its way to the disk. More options: JDK_JAVA_OPTIONS.
ENTRYPOINT ["java", "-XX:AOTCache=/app/inventory-service.aot", "-XX:+UseG1GC", "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-jar", "/app/inventory-service.jar"]
