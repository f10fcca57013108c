package retail.inventory.web.tomcat;

import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import retail.inventory.web.ServedConnection;
import retail.inventory.web.StalledTransfer;

/** One of all connections. */
record TomcatConnection(Connections connections, SocketWrapperBase<NioChannel> socket) implements ServedConnection {

    @Override
    public StalledTransfer awaitBody() {
        return connections.awaitBody(socket);
    }

    @Override
    public void bodyIsHere() {
        connections.bodyIsHere(socket);
    }

    @Override
    public void relieve() {
        connections.relieve();
    }
}
