package dev.kingpin.engine.walled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.learner.toy.LeaningLearner;
import dev.kingpin.learner.toy.SgdLearner;
import dev.kingpin.plan.Strategies;
import dev.kingpin.plan.Strategy;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120) // a hang is a failure too
class WalledEngineTest {
  private static final int[] SIZES =
      IntStream.concat(IntStream.of(20_500, 3_000), IntStream.range(0, 12).map(i -> 20 + i * 7))
          .toArray();

  record Training(String name, TrainJob job) {
    static Training of(String name, Learner learner, Recipe recipe, List<Config> configs) {
      MemoryTable table = TestTables.make(recipe.numeric(3).levels(3).missing(0.05), 3);
      TrainQuery query = TrainQuery.groupBy("g").predict("y").minRows(10).seed(5).build();
      return new Training(name, TestJobs.of(learner, configs, query, table));
    }

    static Training ofFamilies(String name, Learner learner, Recipe recipe, List<Config> configs) {
      MemoryTable table = TestTables.make(recipe.numeric(3).parents(5), 3);
      TrainQuery query =
          TrainQuery.groupBy("p", "g")
              .predict("y")
              .minRows(25)
              .seed(5)
              .validate(Validation.folds(2))
              .build();
      return new Training(name, TestJobs.withFamilies(learner, configs, query, table));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Config config(String... words) {
    Map<String, String> settings = new TreeMap<>();
    for (int i = 0; i < words.length; i += 2) {
      settings.put(words[i], words[i + 1]);
    }
    return new Config(new TreeMap<>(settings));
  }

  static List<Training> trainings() {
    Learner linear = Learners.of("linear");
    Recipe recipe = Recipe.of(SIZES);
    List<Config> ridge = List.of(config("l2", "0.01"), config("l2", "1", "l1", "0.1"));
    List<Config> lbfgs =
        Stream.of("0.1", "1").map(l -> config("l2", l, "solver", "lbfgs", "epochs", "4")).toList();
    List<Config> sgd =
        Stream.of("0.01", "0.1")
            .map(r -> config("l2", "0.1", "solver", "sgd", "learning_rate", r, "epochs", "2"))
            .toList();
    List<Config> shrunken =
        Stream.of("0", "20").map(s -> config("l2", "0.1", "shrink", s)).toList();
    Recipe wide = Recipe.of(140_000, 70_000, 200, 90);
    return List.of(
        Training.of("ridge", linear, recipe, ridge),
        Training.of("logistic", linear, recipe.withClasses(), ridge),
        Training.of("classes", linear, recipe.withClasses(3), ridge),
        Training.of("lbfgs", linear, recipe.withClasses(), lbfgs),
        Training.of("sgd", linear, wide.withClasses(), sgd),
        Training.of("binned", new BinnedLearner(), recipe, TestJobs.defaults(new BinnedLearner())),
        Training.of("toy sgd", new SgdLearner(), wide, TestJobs.defaults(new SgdLearner())),
        Training.ofFamilies("families", linear, recipe.withClasses(), shrunken),
        Training.ofFamilies(
            "leaning", new LeaningLearner(), recipe, TestJobs.defaults(new BinnedLearner())));
  }

  private static SortedMap<String, String> bits(TrainJob job, RecordingSink sink) {
    return sink.bits(job.query().learner().codec());
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void everyStrategyOnAnyNumberOfWorkersLeavesTheSameGroups(Training training) {
    TrainJob job = training.job;
    RecordingSink local = new RecordingSink();
    new LocalEngine().run(job, local, TestStages.threads(1), RunListener.NONE);
    SortedMap<String, String> expected = bits(job, local);
    for (Strategy strategy : Strategies.all()) {
      for (int workers : new int[] {1, 2, 3, 8}) {
        Optional<WalledEngine> engine = TestStages.engine(job, strategy.name(), workers);
        if (engine.isEmpty()) {
          continue;
        }
        RecordingSink sink = new RecordingSink();
        engine.get().run(job, sink, TestStages.threads(2), RunListener.NONE);
        assertThat(bits(job, sink)).as(strategy.name() + " on " + workers).isEqualTo(expected);
      }
    }
  }
}
