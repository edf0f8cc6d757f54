package dev.starling.dht;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Searches and announces of a whole node that has just joined a large network.
class SearchSimTest {

    @Test
    void firstPeersComeWithinThreeRoundTripsAndSearchesStayCheap() {
        var figures = SearchFigures.measure(SearchFigures.World.usual(100_000), 2);

        assertThat(figures.firstMillis(0.5)).isLessThan(170);
        assertThat(figures.queriesUntilFirst(0.5)).isLessThanOrEqualTo(36);
        assertThat(figures.queries(0.5)).isLessThanOrEqualTo(42);
        assertThat(figures.lastAnnounceMillis(0.5)).isLessThan(1_000);
        assertThat(figures.recall()).isGreaterThan(0.98);
    }

    @Test
    void announceReachesTheClosestWhereHalfTheContactsAreDeadAndPacketsAreLost() {
        var figures = SearchFigures.measure(SearchFigures.World.hard(100_000), 2);

        assertThat(figures.firstMillis(0.5)).isLessThan(280);
        assertThat(figures.recall()).isGreaterThan(0.97);
    }

    @Test
    void sybilsAroundATargetDoNotKeepTheAnnounceFromTheHonest() {
        var world = new SearchFigures.World(100_000, 0.15, 0, 20, 0, 15);

        var figures = SearchFigures.measure(world, 2);

        assertThat(figures.recall()).isGreaterThan(0.9);
    }

    @Test
    void liarsWhoInventContactsDoNotKeepTheAnnounceFromTheHonest() {
        var world = new SearchFigures.World(100_000, 0.15, 0, 0, 0.2, 15);

        var figures = SearchFigures.measure(world, 2);

        assertThat(figures.firstMillis(0.9)).isLessThan(500);
        assertThat(figures.recall()).isGreaterThan(0.78); // liars hold a fifth of the places
    }
}
