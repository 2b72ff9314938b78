package io.tidemark.simulator.sample;

/**
 * The rule of a dynamic group with the name it deserves.
 *
 * @param name what the group is called
 * @param text the rule as Graph writes it
 */
record DynamicRule(String name, String text) {

    static DynamicRule ofDepartment(String department) {
        return new DynamicRule("All " + department, "(user.department -eq \"" + department + "\")");
    }

    static DynamicRule ofGuests() {
        return new DynamicRule("All Guests", "(user.userType -eq \"Guest\")");
    }

    static DynamicRule ofCountry(String country) {
        return new DynamicRule("Everybody in " + country, "(user.country -eq \"" + country + "\")");
    }

    static DynamicRule ofDepartmentIn(String department, String property, String value) {
        return new DynamicRule(
                department + " in " + value + ("city".equals(property) ? " (city)" : ""),
                "(user.department -eq \"" + department + "\") and (user." + property + " -eq \"" + value + "\")");
    }
}
