package dev.kingpin.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import dev.kingpin.learner.Config;
import dev.kingpin.query.GridCheck;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.Search;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomSearchTest {
  private static Candidates random(int configs, UnaryOperator<QueryBuilder> words) {
    QueryBuilder query = GridCheck.query().search(Search.random(configs));
    return Grid.candidates(TwoSolvers.resolve(words.apply(query)));
  }

  private static List<Double> numbers(Candidates candidates, String setting) {
    return candidates.configs().stream().map(c -> c.number(setting)).toList();
  }

  private static UnaryOperator<QueryBuilder> sgd(long seed) {
    return q -> q.grid("solver", "sgd").grid("epochs", 1, 2, 3, 4).seed(seed);
  }

  @Test
  void drawsSoManyDifferentConfigsOfTheGridInItsOrder() {
    Candidates some = random(8, sgd(7));
    assertThat(some.configs()).hasSize(8).doesNotHaveDuplicates();
    assertThat(some.combinations()).isEqualTo(24);
    assertThat(some.notes()).isEmpty();
    assertThat(random(24, sgd(7)).configs()).containsSubsequence(some.configs());
  }

  @Test
  void theSeedDecides() {
    assertThat(random(8, sgd(7))).isEqualTo(random(8, sgd(7)));
    assertThat(random(8, sgd(7))).isNotEqualTo(random(8, sgd(8)));
  }

  @Test
  void everyConfigOfTheGridIsAsLikely() {
    int draws = 2_000;
    Map<Config, Integer> seen =
        java.util.stream.IntStream.range(0, draws)
            .boxed()
            .flatMap(seed -> random(6, sgd(seed)).configs().stream())
            .collect(Collectors.toMap(c -> c, c -> 1, Integer::sum));
    assertThat(seen).hasSize(24);
    double deviation = Math.sqrt(draws * 0.25 * 0.75);
    assertThat(seen.values())
        .allSatisfy(n -> assertThat(Math.abs(n - draws * 0.25)).isLessThan(5 * deviation));
  }

  @Test
  void aGridOfFewerConfigsIsTriedAsAWhole() {
    Candidates all = random(50, sgd(7));
    assertThat(all.configs()).hasSize(24);
    assertThat(all.notes())
        .containsExactly("The values make 24 different configs, no more than 50: all are tried.");
    assertThat(random(24, sgd(7)).notes()).isEmpty();
  }

  @Test
  void configsThatComeToTheSameCountOnce() {
    Candidates few = random(20, q -> q.grid("solver", "exact", "sgd").grid("epochs", 1, 2));
    assertThat(few.configs()).hasSize(3 + 3 * 2 * 2).hasSize(few.combinations());
  }

  @ParameterizedTest
  @CsvSource({
    "0.0001..10, 0.0001, 10, true",
    "0..10, 0, 10, false",
    "1..50, 1, 50, false",
    "1e-3..0.1, 0.001, 0.1, true"
  })
  void wideRangesAreDrawnFromByOrdersOfMagnitude(
      String range, double low, double high, boolean wide) {
    List<Double> drawn = numbers(random(400, q -> q.grid("l2", range)), "l2");
    assertThat(drawn).hasSize(400).doesNotHaveDuplicates();
    assertThat(drawn).allMatch(v -> v >= low && v <= high);
    double middle = wide ? Math.sqrt(low * high) : (low + high) / 2;
    long below = drawn.stream().filter(v -> v < middle).count();
    assertThat(below).isBetween(150L, 250L);
  }

  @Test
  void numbersHaveFourDigitsSoThatTablesCanBeRead() {
    assertThat(random(50, q -> q.grid("l2", "0.0001..10")).configs())
        .extracting(c -> c.text("l2", ""))
        .allMatch(v -> new java.math.BigDecimal(v).stripTrailingZeros().precision() <= 4);
  }

  @Test
  void wholeSettingsStayWhole() {
    List<Double> few =
        numbers(random(3, q -> q.grid("solver", "sgd").grid("epochs", "2..4")), "epochs");
    assertThat(few).allMatch(v -> v >= 2 && v <= 4 && v == Math.rint(v));
    List<Double> many =
        numbers(random(60, q -> q.grid("solver", "sgd").grid("epochs", "1..1000")), "epochs");
    assertThat(many).allMatch(v -> v == Math.rint(v));
    assertThat(many.stream().filter(v -> v < 32).count()).isBetween(15L, 45L);
  }

  @Test
  void rangesAndValuesMayStandSideBySide() {
    List<Double> drawn = numbers(random(100, q -> q.grid("l2", "0", "1..2")), "l2");
    assertThat(drawn).contains(0.0).allMatch(v -> v == 0 || (v >= 1 && v <= 2));
  }

  @Test
  void saysSoIfThereAreNotEnoughDifferentOnes() {
    Candidates few =
        random(9, q -> q.grid("rate", "1e-6..0.01").grid("solver", "sgd").grid("l2", "0..1e-320"));
    assertThat(few.configs()).hasSize(9);
    Candidates fewer = random(9, q -> q.grid("l2", "0..1e-323"));
    assertThat(fewer.configs()).hasSizeLessThan(9);
    assertThat(fewer.notes().get(0)).matches("Only \\d different configs could be drawn .* 9\\.");
  }

  @Test
  void whoAsksForMoreGetsTheSameFirst() {
    List<Config> some = random(30, q -> q.grid("l2", "0..1").seed(1)).configs();
    assertThat(random(40, q -> q.grid("l2", "0..1").seed(1)).configs())
        .startsWith(some.toArray(Config[]::new));
    assertThat(random(30, q -> q.grid("l2", "0..1").seed(2)).configs()).isNotEqualTo(some);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "epochs; 5; Setting (epochs) does not matter to any of the configs asked for. Maybe add"
            + " solver=sgd.",
        "rate; 0.1..1; Setting (rate) does not matter to any of the configs asked for. Maybe add"
            + " solver=sgd.",
        "solver; sdg; Value (sdg) of setting (solver) is unknown. Maybe you meant (sgd)?",
        "solver; newton; Maybe use one of these: exact, sgd.",
        "epochs; 2.5; Value (2.5) of setting (epochs) is not a whole number from 1 to 1000. Maybe"
            + " use 10.",
        "epochs; 1.5..3; is no range of two different whole numbers from 1 to 1000. Maybe use 10.",
        "l2; 3..1; Value (3..1) of setting (l2) is no range of two different numbers from 0",
        "l2; -1..1; Value (-1..1) of setting (l2) is no range of",
        "l2; a..b; Value (a..b) of setting (l2) is no range of"
      })
  void whatMakesNoSenseIsRefused(String setting, String value, String message) {
    assertThatThrownBy(() -> random(5, q -> q.grid(setting, value)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aSettingThatMattersToSomeOfTheGridIsTakenHoweverTheDrawEnds() {
    for (long seed = 0; seed < 20; seed++) {
      long drawn = seed;
      assertThat(
              random(1, q -> q.grid("solver", "exact", "sgd").grid("rate", "0.1..1").seed(drawn))
                  .configs())
          .hasSize(1);
    }
  }
}
