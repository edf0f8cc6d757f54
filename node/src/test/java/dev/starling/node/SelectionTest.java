package dev.starling.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SelectionTest {

    @Test
    void numbersAndRangesAreJoinedAndSorted() throws Failure {
        assertThat(Selection.parse("7,0, 3-5,4").files()).containsExactly(0, 3, 4, 5, 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "5-3", "-1", "0-2147483647", "1,,2"})
    void whatSelectsNothingIsRefused(String text) {
        assertThatThrownBy(() -> Selection.parse(text)).isInstanceOf(Failure.class);
    }
}
