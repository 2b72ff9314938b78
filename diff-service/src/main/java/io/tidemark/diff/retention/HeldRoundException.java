package io.tidemark.diff.retention;

/** A round that has to stop where it is. What it has not done yet, a later one does. */
final class HeldRoundException extends RuntimeException {

    private final transient Obstacle obstacle;

    HeldRoundException(Obstacle obstacle) {
        super(obstacle.toString());
        this.obstacle = obstacle;
    }

    Obstacle obstacle() {
        return obstacle;
    }
}
