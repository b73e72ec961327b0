package dev.kingpin.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kingpin.data.InputException;
import dev.kingpin.learner.Config;
import dev.kingpin.query.GridCheck;
import dev.kingpin.query.QueryBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GridTest {
  @Test
  void everyCombinationComesOnceTheLastSettingChangingFastest() {
    Map<String, List<String>> grid = new LinkedHashMap<>();
    grid.put("rounds", List.of("10", "20"));
    grid.put("depth", List.of("4", "6", "8"));
    assertThat(Grid.configs(grid))
        .extracting(Config::toString)
        .containsExactly(
            "depth=4 rounds=10",
            "depth=6 rounds=10",
            "depth=8 rounds=10",
            "depth=4 rounds=20",
            "depth=6 rounds=20",
            "depth=8 rounds=20");
  }

  @Test
  void aLearnerWithoutSettingsHasOneConfig() {
    assertThat(Grid.configs(Map.of())).hasSize(1);
  }

  private static Candidates grid(UnaryOperator<QueryBuilder> words) {
    return Grid.candidates(TwoSolvers.resolve(words.apply(GridCheck.query())));
  }

  @Test
  void configsThatComeToTheSameForTheLearnerAreTriedOnce() {
    Candidates candidates = grid(q -> q.grid("solver", "exact", "SGD").grid("epochs", "5", "05."));
    assertThat(candidates.configs()).hasSize(3 + 3 * 2).hasSize(candidates.combinations());
    assertThat(candidates.configs().get(0)).hasToString("l2=0 solver=exact");
    assertThat(candidates.configs().get(1)).hasToString("epochs=5 l2=0 rate=0.01 solver=sgd");
  }

  @Test
  void aSettingThatMattersToNoConfigIsRefused() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> grid(q -> q.grid("epochs", 5)))
        .withMessage(
            "Setting (epochs) does not matter to any of the configs asked for. Maybe add"
                + " solver=sgd.");
  }

  @Test
  void aUsualValueIsNoSettingThatDoesNotMatter() {
    assertThat(grid(q -> q.grid("shrink", 0).grid("l2", 0)).configs())
        .extracting(Config::toString)
        .containsExactly("l2=0 solver=exact");
    assertThat(grid(q -> q.grid("solver", "exact").grid("shrink", 0, 5)).configs()).hasSize(6);
  }

  @Test
  void aConfigThatDoesNotSuitTheTaskIsRefused() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> grid(q -> q.grid("solver", "sgd").grid("epochs", 1, 999)))
        .withMessage("No task takes 999 epochs.");
  }

  @Test
  void aRangeNeedsRandomSearch() {
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> grid(q -> q.grid("l2", "0.1..1")))
        .withMessage(
            "Value (0.1..1) of setting (l2) is a range, but a grid needs values. Maybe add search"
                + " random:20.");
  }

  @Test
  void aGridWithoutEndIsRefused() {
    Object[] many = IntStream.range(0, 60_000).boxed().toArray();
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> grid(q -> q.grid("l2", many).grid("solver", "sgd")))
        .withMessageStartingWith("The grid has 120,000 combinations. Maybe add search random:100");
  }

  @Test
  void aConfigKnowsItsNumbers() {
    Config config = Grid.configs(Map.of("l2", List.of("0.5"))).get(0);
    assertThat(config.number("l2")).isEqualTo(0.5);
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> config.number("l1"))
        .withMessageContaining("l1");
  }
}
