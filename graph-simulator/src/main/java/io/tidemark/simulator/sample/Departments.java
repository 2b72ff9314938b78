package io.tidemark.simulator.sample;

/** The departments by their place in the vocabulary that other parts of a sample refer to. */
final class Departments {

    static final int SALES = 0;
    static final int PRODUCTION = 4;
    static final int FINANCE = 6;
    static final int IT = 7;
    static final int COUNT = 12;

    private Departments() {}
}
