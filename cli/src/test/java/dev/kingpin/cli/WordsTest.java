package dev.kingpin.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.plan.Amounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource({
    "800, 800",
    "1kB, 1000",
    "1KiB, 1024",
    "800MB, 800000000",
    "1.5GB, 1500000000",
    "2GiB, 2147483648",
    "2g, 2147483648",
    "' 3 m ', 3145728"
  })
  void readsSizes(String word, long bytes) {
    assertThat(Amounts.bytes("--memory", word)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0", "-1", "5XB", "1e99", "99999999TB"})
  void refusesOtherSizes(String word) {
    assertThatThrownBy(() -> Amounts.bytes("--memory", word)).isInstanceOf(InputException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 10, false",
    "0, 1, 10, true",
    "3, 3, 10, false",
    "3, 4, 10, true",
    "5%, 5, 100, false",
    "5%, 6, 100, true",
    "0.5%, 1, 200, false",
    "0.5%, 1, 199, true",
    "100%, 10, 10, false"
  })
  void comparesFailuresWithTheAllowance(String word, int failed, int groups, boolean exceeded) {
    assertThat(Allowance.of(word).isExceeded(failed, groups)).isEqualTo(exceeded);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "SEA; SEA",
        "a,b; a,b",
        "NULL; ",
        "\"NULL\"; NULL",
        "\"say \"\"hi\"\"\"; say \"hi\"",
        "''; ''"
      })
  void aSingleColumnTakesTheWholeText(String text, String value) {
    assertThat(KeyText.parse(text, List.of("k"))).isEqualTo(GroupKey.of(value));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "US,12; US; 12",
        "US,; US; ''",
        ",12; ''; 12",
        "NULL,12; ; 12",
        "\"a,b\",\"NULL\"; a,b; NULL",
        "a\"b,c; a\"b; c"
      })
  void severalColumnsAreDividedByCommas(String text, String first, String second) {
    assertThat(KeyText.parse(text, List.of("k", "l"))).isEqualTo(GroupKey.of(first, second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a,b,c", ""})
  void refusesOtherNumbersOfValues(String text) {
    assertThatThrownBy(() -> KeyText.parse(text, List.of("k", "l")))
        .hasMessageContaining("Group (" + text + ") has ")
        .hasMessageContaining("(k,l)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {"US; US; ", "US,12; US; 12", "NULL; ; "})
  void aFamilyHasTheFirstValues(String text, String first, String second) {
    List<@Nullable String> values = new ArrayList<>();
    values.add(first);
    if (second != null) {
      values.add(second);
    }
    assertThat(KeyText.parseFamily(text, List.of("k", "l", "m"))).isEqualTo(new GroupKey(values));
    assertThat(KeyText.parseFamily("a, b", List.of("k", "l"))).isEqualTo(GroupKey.of("a, b"));
  }

  @Test
  void aFamilySharesNotAllValues() {
    assertThatThrownBy(() -> KeyText.parseFamily("a,b,c", List.of("k", "l", "m")))
        .hasMessageContaining("Family (a,b,c) has 3 values, but a family shares fewer than the 3")
        .hasMessageContaining("Maybe leave out the last ones");
  }

  @Test
  void quotesWordsForTheShell() {
    assertThat(Arrays.asList("a.csv", "x > 1", "it's", "", "l2=0.1,1"))
        .map(StopNotice::quoted)
        .containsExactly("a.csv", "'x > 1'", "'it'\\''s'", "''", "l2=0.1,1");
  }
}
