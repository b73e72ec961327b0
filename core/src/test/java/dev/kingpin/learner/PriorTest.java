package dev.kingpin.learner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kingpin.data.RowBlock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriorTest {
  private record Named(String name) implements Model {
    @Override
    public void predict(RowBlock block, double[] predictions) {}

    @Override
    public Map<String, Object> describe() {
      return Map.of("name", name);
    }
  }

  private final Model first = new Named("without fold 1");
  private final Model second = new Named("without fold 2");
  private final Model all = new Named("of all rows");
  private final Prior prior = new Prior(List.of(first, second), all);

  @Test
  void aMaskGetsTheModelThatHasNotSeenItsRows() {
    assertThat(prior.of(new RowMask(1))).isSameAs(first);
    assertThat(prior.of(new RowMask(2))).isSameAs(second);
    assertThat(prior.of(RowMask.ALL)).isSameAs(all);
  }

  @Test
  void thereIsNoModelForAFoldThatIsNeverHeldOut() {
    for (int fold : new int[] {0, 3}) {
      assertThatThrownBy(() -> prior.of(new RowMask(fold)))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }
}
