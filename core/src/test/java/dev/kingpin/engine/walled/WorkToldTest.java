package dev.kingpin.engine.walled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupKey;
import dev.kingpin.engine.Engine;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Outcome;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.query.TrainQuery;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners hear of the same share of the work, whoever does it: so they know the time left. */
@Timeout(60)
class WorkToldTest {
  private static final TrainJob JOB = job();

  private static TrainJob job() {
    Learner learner = new BinnedLearner();
    TrainQuery query = TrainQuery.groupBy("p", "g").predict("y").minRows(10).seed(5).build();
    Recipe recipe = Recipe.of(20_000, 3_000, 900, 300, 6).numeric(3).parents(2);
    return TestJobs.withFamilies(
        learner, TestJobs.defaults(learner), query, TestTables.make(recipe, 3));
  }

  /** Work by key, each told once. */
  private static Map<String, Double> told(Engine engine) {
    Map<String, Double> told = new TreeMap<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void groupDone(GroupKey key, Outcome outcome, double work) {
            assertThat(told.put("group " + key, work)).isNull();
          }

          @Override
          public void familyDone(GroupKey key, Outcome outcome, double work) {
            assertThat(told.put("family " + key, work)).isNull();
          }
        };
    engine.run(JOB, new RecordingSink(), TestStages.threads(2), listener);
    return told;
  }

  private static WalledEngine workers(String strategy) {
    return TestStages.engine(JOB, strategy, 3).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gtp", "mtp", "gl", "auto"})
  void workersTellOfTheWorkThatThreadsTellOf(String strategy) {
    Map<String, Double> told = told(workers(strategy));
    assertThat(told).isEqualTo(told(new LocalEngine()));
    assertThat(told.values().stream().mapToDouble(w -> w).sum() / JOB.plan().cost())
        .isBetween(1 - 1e-9, 1 + 1e-9);
  }

  @Test
  void aGroupThatWasBegunAgainIsToldOnce() {
    WalledEngine engine = workers("gl").meeting((worker, messages) -> worker == 1 && messages > 9);
    assertThat(told(engine)).isEqualTo(told(new LocalEngine()));
  }
}
