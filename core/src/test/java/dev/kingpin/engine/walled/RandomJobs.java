package dev.kingpin.engine.walled;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.Family;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Learners;
import dev.kingpin.learner.Pattern;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.learner.toy.LeaningLearner;
import dev.kingpin.learner.toy.SgdLearner;
import dev.kingpin.plan.GroupPlan;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.VirtualShards;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Jobs and placements, drawn at random. */
final class RandomJobs {
  private static final int[] CLASSES = {0, 0, 2, 3};

  private final Random random;

  RandomJobs(long seed) {
    random = new Random(seed);
  }

  private boolean draw(double probability) {
    return random.nextDouble() < probability;
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  TrainJob job() {
    int kind = random.nextInt(6);
    boolean hops = kind == 0 || kind == 4;
    int classes = kind >= 3 ? 0 : CLASSES[random.nextInt(CLASSES.length)];
    boolean families = kind == 2 || kind == 5;
    Recipe recipe = Recipe.of(sizes(hops)).numeric(between(2, 4)).withClasses(classes);
    recipe = draw(0.5) ? recipe.levels(3) : recipe;
    recipe = draw(0.4) ? recipe.missing(0.05) : recipe;
    boolean weighted = kind < 3 && draw(0.3);
    recipe = weighted ? recipe.withWeights() : recipe;
    recipe = families ? recipe.parents(2) : recipe;
    QueryBuilder query = families ? TrainQuery.groupBy("p", "g") : TrainQuery.groupBy("g");
    query.predict("y").minRows(between(2, 30)).seed(random.nextInt(100)).refit(draw(0.7));
    query.validate(validation(query)).weight(weighted ? "w" : null);
    Learner learner =
        switch (kind) {
          case 3 -> new BinnedLearner();
          case 4 -> new SgdLearner();
          case 5 -> new LeaningLearner();
          default -> Learners.of("linear");
        };
    List<Config> configs =
        kind < 3
            ? linear(kind, classes)
            : TestJobs.defaults(kind == 5 ? new BinnedLearner() : learner);
    var table = TestTables.make(recipe, random.nextInt(1000));
    return families
        ? TestJobs.withFamilies(learner, configs, query.build(), table)
        : TestJobs.of(learner, configs, query.build(), table);
  }

  private Validation validation(QueryBuilder query) {
    return switch (random.nextInt(4)) {
      case 0 -> Validation.folds(between(2, 3));
      case 1 -> {
        query.orderBy("x0");
        yield Validation.last(0.25);
      }
      default -> Validation.holdout(0.2);
    };
  }

  private int[] sizes(boolean hops) {
    return IntStream.rangeClosed(0, between(1, 5))
        .map(
            g ->
                switch (random.nextInt(3)) {
                  case 0 -> between(1, 40);
                  case 1 -> between(200, 1_500);
                  default -> hops && g == 0 ? 140_000 : between(3_000, 8_000);
                })
        .toArray();
  }

  private List<Config> linear(int kind, int classes) {
    List<Config> all = new ArrayList<>();
    if (kind == 0) {
      all.add(config("l2", "0.1", "solver", "sgd", "learning_rate", "0.05", "epochs", "2"));
      all.add(config("l2", "0.01", "solver", "sgd", "learning_rate", "0.1", "epochs", "2"));
    } else if (kind == 2) {
      all.add(config("l2", "0.1", "shrink", "20"));
    } else {
      all.add(config("l2", "0.1", "solver", "lbfgs", "epochs", "3"));
      all.add(config("l2", "0.01", "l1", "0.1"));
    }
    if (classes == 0 && draw(0.5)) {
      all.add(config("l2", "0.1", "loss", "poisson"));
    }
    if (draw(0.7)) {
      all.add(config("l2", "0.01"));
    }
    return all;
  }

  private static Config config(String... words) {
    TreeMap<String, String> settings = new TreeMap<>();
    for (int i = 0; i < words.length; i += 2) {
      settings.put(words[i], words[i + 1]);
    }
    return new Config(settings);
  }

  /** Every group at a place of its own kind. */
  List<Stage> stages(TrainJob job, int workers) {
    List<Stage> stages = new ArrayList<>();
    int number = 0;
    for (List<GroupPlan> level : job.plan().levels()) {
      List<Stage.Placed> placed = new ArrayList<>();
      for (GroupPlan group : level) {
        placed.add(new Stage.Placed(number++, placement(job, group.family(), workers)));
      }
      Collections.shuffle(placed, random);
      stages.add(new Stage(placed));
    }
    return stages;
  }

  private Placement placement(TrainJob job, Family family, int workers) {
    int owner = random.nextInt(workers);
    int pieces = pieces(job, family);
    int most = Math.min(pieces, workers);
    if (most > 1 && draw(0.7)) {
      return cut(pieces, between(2, most), workers);
    }
    if (draw(0.3)) {
      int tasks =
          job.chains().stream()
              .mapToInt(c -> Math.max(1, job.query().learner().parts(c).size()))
              .sum();
      return new Placement.Spread(
          owner, IntStream.range(0, tasks).mapToObj(t -> random.nextInt(workers)).toList());
    }
    return new Placement.Whole(owner);
  }

  /** Into how many a group may be cut. */
  static int pieces(TrainJob job, Family family) {
    long rows = job.table().rows(family).rows();
    boolean hops = job.chains().stream().anyMatch(RandomJobs::hops);
    return hops ? VirtualShards.of(rows) : job.table().rows(family).blocks();
  }

  private static boolean hops(Chain chain) {
    return chain.pattern() == Pattern.SEQUENTIAL;
  }

  private Placement cut(int pieces, int count, int workers) {
    List<Integer> ends = new ArrayList<>(IntStream.range(1, pieces).boxed().toList());
    Collections.shuffle(ends, random);
    List<Integer> cuts = new ArrayList<>(ends.subList(0, count - 1));
    Collections.sort(cuts);
    cuts.add(pieces);
    List<Integer> who = new ArrayList<>(IntStream.range(0, workers).boxed().toList());
    Collections.shuffle(who, random);
    List<Shard> shards = new ArrayList<>();
    int from = 0;
    for (int s = 0; s < count; s++) {
      int to = cuts.get(s);
      shards.add(new Shard(who.get(s), from, to, (double) (to - from) / pieces));
      from = to;
    }
    return new Placement.Cut(who.get(random.nextInt(workers)), shards);
  }
}
