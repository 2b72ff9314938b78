package io.tidemark.localstack;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * The main class of every child process: it runs another main class and ends the process when whoever started it is gone, however that
 * one ended.
 */
public final class Leash {

    private Leash() {}

    /** Runs the main class that the first argument names with the other arguments. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread watching = new Thread(Leash::watch, "leash");
        watching.setDaemon(true);
        watching.start();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            System.getLogger(Leash.class.getName())
                    .log(System.Logger.Level.ERROR, "the process ended by an error", e.getCause());
            System.exit(1);
        }
    }

    /** The pipe from the parent's side closes when the parent ends. */
    private static void watch() {
        try {
            while (System.in.read() >= 0) {
                // Nobody sends anything.
            }
        } catch (IOException e) {
            // A broken pipe says the same as a closed one.
        }
        System.exit(0);
    }
}
