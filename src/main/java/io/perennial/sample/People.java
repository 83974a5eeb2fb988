package io.perennial.sample;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The names and towns of a country, from {@code sample/names-XX.txt}. */
final class People {

    /** Somebody made up. */
    record Person(String firstName, String lastName, boolean female, String city, String country) {}

    private record Surname(String man, String woman) {

        static Surname of(String written) {
            int slash = written.indexOf('/');
            return slash < 0
                    ? new Surname(written, written)
                    : new Surname(written.substring(0, slash), written.substring(slash + 1));
        }
    }

    private record City(String name, int weight) {

        static City of(String written) {
            int equals = written.indexOf('=');
            return new City(
                    written.substring(0, equals).replace('_', ' '), Integer.parseInt(written.substring(equals + 1)));
        }
    }

    private final String country;
    private final Weighted<String> men;
    private final Weighted<String> women;
    private final Weighted<Surname> surnames;
    private final Weighted<City> cities;

    private People(String country, Map<String, List<String>> lists) {
        this.country = country;
        this.men = Weighted.byRank(lists.getOrDefault("male", List.of()));
        this.women = Weighted.byRank(lists.getOrDefault("female", List.of()));
        this.surnames = Weighted.byRank(lists.getOrDefault("surnames", List.of()).stream()
                .map(Surname::of)
                .toList());
        this.cities = new Weighted<>(
                lists.getOrDefault("cities", List.of()).stream().map(City::of).toList(), City::weight);
    }

    /**
     * @param country ISO 3166 alpha-2 of a list we have
     */
    static People of(String country) {
        Map<String, List<String>> lists = SampleFiles.lines("names-" + country + ".txt").stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(
                        words -> words[0], words -> Arrays.asList(words).subList(1, words.length)));
        return new People(country, lists);
    }

    Person draw(Draw draw, double shareOfWomen) {
        boolean female = draw.chance(shareOfWomen);
        Surname surname = surnames.draw(draw);
        return new Person(
                (female ? women : men).draw(draw),
                female ? surname.woman() : surname.man(),
                female,
                cities.draw(draw).name(),
                country);
    }
}
