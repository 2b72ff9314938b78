package io.tidemark.simulator.tenant;

import java.util.Arrays;
import java.util.List;

/** The objects at the other end of one relation, in the order in which they came. */
public final class Links {

    private static final Node[] NONE = {};

    private final String relation;
    private Node[] nodes = NONE;
    private int size;

    Links(String relation) {
        this.relation = relation;
    }

    String relation() {
        return relation;
    }

    int size() {
        return size;
    }

    boolean contains(Node node) {
        return indexOf(node) >= 0;
    }

    void add(Node node) {
        if (size == nodes.length) {
            Node[] more = new Node[size == 0 ? 2 : size + (size >> 1) + 1];
            System.arraycopy(nodes, 0, more, 0, size);
            nodes = more;
        }
        nodes[size++] = node;
    }

    boolean remove(Node node) {
        int index = indexOf(node);
        if (index < 0) {
            return false;
        }
        System.arraycopy(nodes, index + 1, nodes, index, size - index - 1);
        size--;
        if (size < nodes.length / 2) {
            nodes = size == 0 ? NONE : Arrays.copyOf(nodes, size);
        }
        return true;
    }

    List<Node> copy() {
        return List.of(Arrays.copyOf(nodes, size));
    }

    private int indexOf(Node node) {
        for (int i = 0; i < size; i++) {
            if (nodes[i] == node) {
                return i;
            }
        }
        return -1;
    }
}
