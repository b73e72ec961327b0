package dev.kingpin.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.InputException;
import org.junit.jupiter.api.Test;

class StrategiesTest {
  @Test
  void everyStrategyIsFoundByItsName() {
    for (Strategy strategy : Strategies.all()) {
      assertThat(Strategies.named(strategy.name())).contains(strategy);
    }
    assertThat(Strategies.all())
        .extracting(Strategy::name)
        .contains("gtp", "mtp", "dp", "sp", "mop", "gl");
  }

  @Test
  void autoIsNoneOfThem() {
    assertThat(Strategies.named(Strategies.AUTO)).isEmpty();
  }

  @Test
  void anUnknownNameIsAnsweredWithTheNearestOne() {
    assertThatThrownBy(() -> Strategies.named("gpt"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Strategy (gpt) is unknown. Maybe")
        .hasMessageContaining("gtp");
  }
}
