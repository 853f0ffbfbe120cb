package dev.heddle.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One of the brokers of a cluster on this machine; each of them is a controller too.
 *
 * @param id              its number, from 1
 * @param port            its port for clients
 * @param controllerPorts the controllers' ports, of all members in the order of their numbers
 * @param clusterId       the cluster's id as Kafka writes it: 22 characters of base 64
 */
public record ClusterNode(int id, int port, List<Integer> controllerPorts, String clusterId) {

    private static final int COPIES_MAX = 3;

    /** Checks that the node is one of the members. */
    public ClusterNode {
        controllerPorts = List.copyOf(controllerPorts);
        Objects.requireNonNull(clusterId, "clusterId");
        if (id < 1 || id > controllerPorts.size()) {
            throw new IllegalArgumentException("node " + id + " (expected: 1 to " + controllerPorts.size() + ")");
        }
    }

    static ClusterNode alone(int port, int controllerPort, String clusterId) {
        return new ClusterNode(1, port, List.of(controllerPort), clusterId);
    }

    int controllerPort() {
        return controllerPorts.get(id - 1);
    }

    int replicationFactor() {
        return Math.min(COPIES_MAX, controllerPorts.size());
    }

    String voters() {
        List<String> voters = new ArrayList<>();
        for (int member = 1; member <= controllerPorts.size(); member++) {
            voters.add(member + "@127.0.0.1:" + controllerPorts.get(member - 1));
        }
        return String.join(",", voters);
    }
}
