package retail.inventory.several;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.StackFrame;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import retail.inventory.lab.ServiceProcess;

/** A debugger at a process, which holds the thread of its log at a point of a change, so that the process can be stopped there. Ends with the process. */
final class Breakpoint {

    /** Settings of a process that lets a debugger in, on the loopback address. */
    static final Map<String, String> POSSIBLE =
            Map.of("JAVA_TOOL_OPTIONS", "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0");

    private static final Pattern PORT = Pattern.compile("transport dt_socket at address: (?:.*:)?(\\d+)");
    private static final String CONNECTOR = "com.sun.jdi.SocketAttach";
    private static final long REACHED_MAX_MS = 20_000;

    private final VirtualMachine machine;

    /** Where a change can be. */
    enum Point {
        /** Decided, its lease held, about to ask for the end of the log. */
        BEFORE_APPEND("before the append", "retail.inventory.journal.file.LogWriter", "writeBatch", ""),
        /** Written, not forced. */
        BEFORE_FSYNC("before the fsync", "retail.inventory.files.RealDisk$Channel", "force", "force"),
        /** Durable, the end of the log free for others, nobody told yet. */
        BEFORE_ANSWER("before the answer", "retail.inventory.journal.file.LogWriter$Batch", "answerDurable", "");

        private final String words;
        private final String type;
        private final String method;
        private final String caller;

        Point(String words, String type, String method, String caller) {
            this.words = words;
            this.type = type;
            this.method = method;
            this.caller = caller;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    private Breakpoint(VirtualMachine machine) {
        this.machine = machine;
    }

    /** Attaches to a process that was started so that it is {@link #POSSIBLE} and has made a change. */
    static Breakpoint at(ServiceProcess process) throws IOException {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(each -> each.name().equals(CONNECTOR))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        String port = process.printed(PORT)
                .orElseThrow(() -> new IOException("no debugger is let in: " + process.output()))
                .group(1);
        Objects.requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        Objects.requireNonNull(arguments.get("port")).setValue(port);
        try {
            return new Breakpoint(connector.attach(arguments));
        } catch (IllegalConnectorArgumentsException e) {
            throw new IOException(e);
        }
    }

    /** Arms it; the next change that comes to the point is held there. */
    void arm(Point point) {
        BreakpointRequest request = machine.eventRequestManager()
                .createBreakpointRequest(machine.classesByName(point.type)
                        .getFirst()
                        .methodsByName(point.method)
                        .getFirst()
                        .location());
        request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        request.putProperty(Point.class, point);
        request.enable();
    }

    /** Waits until a change is held. The thread goes on by {@link EventSet#resume()}. */
    EventSet await() throws IOException {
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove(REACHED_MAX_MS);
                if (events == null) {
                    throw new IOException("no change comes to the point");
                }
                for (Event event : events) {
                    if (event instanceof BreakpointEvent hit && isMeant(hit)) {
                        machine.eventRequestManager().deleteEventRequest(hit.request());
                        return events;
                    }
                }
                events.resume();
            }
        } catch (InterruptedException | IncompatibleThreadStateException e) {
            throw new IOException(e);
        }
    }

    private static boolean isMeant(BreakpointEvent hit) throws IncompatibleThreadStateException {
        ThreadReference thread = hit.thread();
        Point point = (Point) hit.request().getProperty(Point.class);
        StackFrame caller = thread.frame(1);
        return thread.name().equals("log-writer")
                && (point.caller.isEmpty() || caller.location().method().name().equals(point.caller));
    }
}
