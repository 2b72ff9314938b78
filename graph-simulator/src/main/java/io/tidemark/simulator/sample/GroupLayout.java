package io.tidemark.simulator.sample;

import io.tidemark.simulator.sample.Words.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which number belongs to which sort of group: first a few that every tenant has, then dynamic ones, synced ones, mail-enabled ones, and the
 * rest are assigned groups of the cloud, of which every user is in some.
 */
final class GroupLayout {

    static final int EMERGENCY_ACCESS = 0;
    static final int EXCLUSION = 1;
    static final int ADMINISTRATORS = 2;
    static final int SYNCHRONIZATION = 3;
    static final int FRAUD_DESK = 4;
    static final int FIRST_DYNAMIC = 5;

    private final Words words;
    private final List<String> countries;
    private final Map<String, Integer> countryNumbers = new LinkedHashMap<>();
    private final int groups;
    private final int dynamic;
    private final int synced;
    private final int mailEnabled;

    GroupLayout(Words words, TenantShape shape) {
        this.words = words;
        this.countries = words.places().stream().map(Place::country).distinct().toList();
        countries.forEach(country -> countryNumbers.put(country, countryNumbers.size()));
        this.groups = shape.groups();
        this.dynamic = Math.max(1, Math.min(groups / 10, mostRules()));
        this.synced = groups * 4 / 100;
        this.mailEnabled = groups * 3 / 100;
    }

    int firstSynced() {
        return FIRST_DYNAMIC + dynamic;
    }

    int firstMailEnabled() {
        return firstSynced() + synced;
    }

    int firstAssigned() {
        return firstMailEnabled() + mailEnabled;
    }

    int groups() {
        return groups;
    }

    int assigned() {
        return groups - firstAssigned();
    }

    boolean isDynamic(int group) {
        return group >= FIRST_DYNAMIC && group < firstSynced();
    }

    boolean isSynced(int group) {
        return group >= firstSynced() && group < firstMailEnabled();
    }

    boolean isMailEnabled(int group) {
        return group >= firstMailEnabled() && group < firstAssigned();
    }

    boolean isAssigned(int group) {
        return group >= firstAssigned();
    }

    /** Of the assigned groups every other one is a Microsoft 365 group, beginning with the largest. */
    boolean isUnified(int group) {
        return isAssigned(group) && (group - firstAssigned()) % 2 == 0;
    }

    /** The rule of a dynamic group: first one per department, then guests, one per country, and the combinations of the two and of cities. */
    DynamicRule rule(int group) {
        var number = group - FIRST_DYNAMIC;
        var departments = words.departments().size();
        if (number < departments) {
            return DynamicRule.ofDepartment(department(number));
        }
        number -= departments;
        if (number == 0) {
            return DynamicRule.ofGuests();
        }
        number -= 1;
        if (number < countries.size()) {
            return DynamicRule.ofCountry(countries.get(number));
        }
        number -= countries.size();
        if (number < departments * countries.size()) {
            return DynamicRule.ofDepartmentIn(
                    department(number / countries.size()), "country", countries.get(number % countries.size()));
        }
        number -= departments * countries.size();
        var place = words.places().get(number % words.places().size());
        return DynamicRule.ofDepartmentIn(department(number / words.places().size()), "city", place.city());
    }

    /** The dynamic groups whose rules a member of a department at some place meets. */
    List<Integer> matching(int department, int place) {
        var departments = words.departments().size();
        var country = country(place);
        var perCountry = departments + 1;
        var perBoth = perCountry + countries.size();
        var perCity = perBoth + departments * countries.size();
        return existing(
                department,
                perCountry + country,
                perBoth + department * countries.size() + country,
                perCity + department * words.places().size() + place);
    }

    /** The dynamic groups of somebody who has a place but none of the departments. */
    List<Integer> matchingPlace(int place) {
        return existing(words.departments().size() + 1 + country(place));
    }

    List<Integer> matchingGuest() {
        return existing(words.departments().size());
    }

    private int country(int place) {
        return countryNumbers.getOrDefault(words.places().get(place).country(), 0);
    }

    private List<Integer> existing(int... rules) {
        List<Integer> groupNumbers = new ArrayList<>(rules.length);
        for (var rule : rules) {
            if (rule < dynamic) {
                groupNumbers.add(FIRST_DYNAMIC + rule);
            }
        }
        return groupNumbers;
    }

    private String department(int number) {
        return words.departments().get(number).name();
    }

    private int mostRules() {
        var departments = words.departments().size();
        return departments
                + 1
                + countries.size()
                + departments * (countries.size() + words.places().size());
    }
}
