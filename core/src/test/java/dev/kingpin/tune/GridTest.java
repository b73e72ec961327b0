package dev.kingpin.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.learner.Config;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  @Test
  void aConfigKnowsItsNumbers() {
    Config config = Grid.configs(Map.of("l2", List.of("0.5"))).get(0);
    assertThat(config.number("l2")).isEqualTo(0.5);
    org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
        .isThrownBy(() -> config.number("l1"))
        .withMessageContaining("l1");
  }
}
