package io.perennial.operations;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This process among the nodes. */
final class ThisNode {

    private static final int LONGEST = 100;

    static final String HOST = host();
    static final long PID = ProcessHandle.current().pid();

    /** As people read it. */
    static final String NAME = HOST + " · " + PID;

    private ThisNode() {}

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.substring(0, Math.min(LONGEST, name.length()));
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
