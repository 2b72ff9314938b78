package io.tidemark.simulator.sample;

import io.tidemark.simulator.sample.Words.Department;
import io.tidemark.simulator.sample.Words.Place;

/**
 * Who works where and for whom, as a function of a user's number: two break-glass accounts come first, then the head of the company, the
 * account of the directory synchronization, the members, and last the guests.
 */
final class Staff {

    static final int BREAK_GLASS = 2;
    static final int HEAD = 2;
    static final int SYNCHRONIZATION = 3;
    static final int FIRST_MEMBER = 4;

    /** Fifty people and their departments by code; every eighth sells. */
    private static final String PATTERN = "SIEPMOCFSEHPOCEMSIEPOCRLSEPFOCEMSIEPOCHUSEPFOCEMRP";

    private static final int SPAN = 8;
    private static final char SYNCED_DEPARTMENT = 'P';

    private final long seed;
    private final Words words;
    private final TenantShape shape;
    private final int[] departmentOfSlot = new int[PATTERN.length()];
    private final int[] rankOfSlot = new int[PATTERN.length()];
    private final int[][] slotsOfDepartment;

    Staff(long seed, Words words, TenantShape shape) {
        this.seed = seed;
        this.words = words;
        this.shape = shape;
        this.slotsOfDepartment = new int[words.departments().size()][];
        for (var department = 0; department < slotsOfDepartment.length; department++) {
            var code = words.departments().get(department).code().charAt(0);
            slotsOfDepartment[department] =
                    PATTERN.chars().filter(c -> c == code).toArray();
            var rank = 0;
            for (var slot = 0; slot < PATTERN.length(); slot++) {
                if (PATTERN.charAt(slot) == code) {
                    departmentOfSlot[slot] = department;
                    slotsOfDepartment[department][rank] = slot;
                    rankOfSlot[slot] = rank++;
                }
            }
        }
    }

    int users() {
        return shape.users();
    }

    int firstGuest() {
        return shape.users() - shape.guests();
    }

    boolean isMember(int user) {
        return user >= FIRST_MEMBER && user < firstGuest();
    }

    boolean isGuest(int user) {
        return user >= firstGuest();
    }

    int departmentIndex(int member) {
        return departmentOfSlot[(member - FIRST_MEMBER) % PATTERN.length()];
    }

    Department department(int member) {
        return words.departments().get(departmentIndex(member));
    }

    /** Where somebody in the company sits; break-glass accounts, guests and services sit nowhere. */
    int placeIndex(int user) {
        return new Dice(seed, "place", user).ranked(words.places().size());
    }

    Place place(int user) {
        return words.places().get(placeIndex(user));
    }

    /** Whether the account comes from the directory on premises, where alone it can be changed. */
    boolean isSynced(int user) {
        return isMember(user)
                && department(user).code().charAt(0) == SYNCED_DEPARTMENT
                && new Dice(seed, "synced", user).percent(25);
    }

    boolean sells(int user) {
        return isMember(user) && departmentIndex(user) == 0;
    }

    /** The member with this rank in a department, or the head of the company if the department is not that big. */
    int memberOf(int department, int rank) {
        var slots = slotsOfDepartment[department];
        var cycle = rank / slots.length;
        var member = FIRST_MEMBER + cycle * PATTERN.length() + slots[rank % slots.length];
        return isMember(member) ? member : HEAD;
    }

    /** Any member of the company. */
    int anyMember(Dice dice) {
        return FIRST_MEMBER + dice.below(firstGuest() - FIRST_MEMBER);
    }

    /** Whom a member reports to: eight at most report to the same person, up to the head of the company. */
    int managerOf(int member) {
        var offset = member - FIRST_MEMBER;
        var department = departmentIndex(member);
        var rank = offset / PATTERN.length() * slotsOfDepartment[department].length
                + rankOfSlot[offset % PATTERN.length()];
        return rank == 0 ? HEAD : memberOf(department, (rank - 1) / SPAN);
    }
}
