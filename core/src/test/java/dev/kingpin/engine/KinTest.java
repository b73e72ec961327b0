package dev.kingpin.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.RowBlock;
import dev.kingpin.learner.Model;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.Rivals;
import dev.kingpin.learner.RowMask;
import dev.kingpin.learner.Scores;
import dev.kingpin.query.Fallback;
import dev.kingpin.store.TrainedGroup;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whom a group may lean on. */
class KinTest {
  private static final GroupKey GROUP = GroupKey.of("a", null, "c");

  private final Kin kin = new Kin();

  private record Named(String name) implements Model {
    @Override
    public void predict(RowBlock block, double[] predictions) {}

    @Override
    public Map<String, Object> describe() {
      return Map.of("name", name);
    }
  }

  private void trained(@Nullable String... key) {
    Outcome outcome =
        new Outcome.Trained(0, Scores.of(List.of(1.0)), Rivals.NONE, new Named("of all rows"));
    List<Model> foldModels = List.of(new Named("without fold 1"));
    kin.add(new TrainedGroup(GroupKey.of(key), 9, 3, 0, outcome, foldModels));
  }

  private void failed(@Nullable String... key) {
    Outcome outcome = new Outcome.Failed(Outcome.Reason.TOO_FEW_ROWS, "9 usable rows");
    kin.add(new TrainedGroup(GroupKey.of(key), 9, 0, 0, outcome));
  }

  private void constant(@Nullable String... key) {
    Outcome outcome = new Outcome.Constant("all its targets are 7", new Named("7"));
    kin.add(new TrainedGroup(GroupKey.of(key), 9, 0, 0, outcome));
  }

  private @Nullable GroupKey parent(GroupKey key) {
    return kin.parent(key).map(TrainedGroup::key).orElse(null);
  }

  @Test
  void theParentIsTheNearestFamilyAboveThatHasATunedModel() {
    assertThat(parent(GROUP)).isNull();
    trained();
    assertThat(parent(GROUP)).isEqualTo(GroupKey.of());
    trained("b");
    trained("a", "NULL");
    assertThat(parent(GROUP)).as("others are no kin").isEqualTo(GroupKey.of());
    trained("a");
    assertThat(parent(GROUP)).isEqualTo(GroupKey.of("a"));
    trained("a", null);
    assertThat(parent(GROUP)).isEqualTo(GroupKey.of("a", null));
    assertThat(parent(GroupKey.of("a", null))).isEqualTo(GroupKey.of("a"));
    assertThat(parent(GroupKey.of("a"))).isEqualTo(GroupKey.of());
    assertThat(parent(GroupKey.of())).as("the model of all rows has no parent").isNull();
  }

  @Test
  void familiesWithoutATunedModelArePassedOver() {
    trained();
    failed("a");
    constant("a", null);
    assertThat(parent(GROUP)).isEqualTo(GroupKey.of());
    failed();
    assertThat(parent(GROUP)).isNull();
  }

  @Test
  void theGlobalModelIsAboveEveryKeyButItsOwn() {
    trained("a");
    assertThat(kin.global(GROUP)).isEmpty();
    trained();
    assertThat(kin.global(GROUP)).map(TrainedGroup::key).contains(GroupKey.of());
    assertThat(kin.global(GroupKey.of("z"))).isPresent();
    assertThat(kin.global(GroupKey.of())).isEmpty();
  }

  @Test
  void whoAnswersIsForTheQueryToSay() {
    trained();
    trained("a");
    assertThat(kin.answering(GROUP, Fallback.PARENT).orElseThrow().key())
        .isEqualTo(GroupKey.of("a"));
    assertThat(kin.answering(GROUP, Fallback.GLOBAL).orElseThrow().key()).isEqualTo(GroupKey.of());
    assertThat(kin.answering(GROUP, Fallback.NONE)).isEmpty();
    assertThat(kin.answering(GROUP, Fallback.FAIL)).isEmpty();
  }

  @Test
  void aPriorHasAModelForEveryMask() {
    trained("a");
    Prior prior = Kin.prior(kin.parent(GROUP).orElseThrow());
    assertThat(prior.of(new RowMask(1))).isEqualTo(new Named("without fold 1"));
    assertThat(prior.of(RowMask.ALL)).isEqualTo(new Named("of all rows"));
  }
}
