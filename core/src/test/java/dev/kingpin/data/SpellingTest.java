package dev.kingpin.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> COLUMNS = List.of("shop", "day", "sales", "visitors");

  @ParameterizedTest
  @CsvSource({"shpo,shop", "Shop,shop", "sale,sales", "vistors,visitors", "dya,day"})
  void aSlipOfTheFingersIsRecognised(String typed, String meant) {
    assertThat(Spelling.nearest(typed, COLUMNS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"customer", "x", "weekday"})
  void anotherWordIsNotGuessed(String typed) {
    assertThat(Spelling.nearest(typed, COLUMNS)).isEmpty();
  }
}
