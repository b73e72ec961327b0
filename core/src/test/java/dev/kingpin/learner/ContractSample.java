package dev.kingpin.learner;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.Family;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.store.TrainedGroup;
import dev.kingpin.tune.Split;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group that an engine would hand to a trainer.
 *
 * @param job it belongs to, its rows in folds
 * @param above the family above it, or none
 */
record ContractSample(
    String name, TrainJob job, MemoryTable table, Family group, List<TrainedGroup> above) {
  static final long SEED = 7;
  static final List<Validation> VALIDATIONS = List.of(Validation.holdout(0.2), Validation.folds(3));

  GroupRows rows() {
    return job.table().rows(group);
  }

  /** What the learner itself has learned from all groups of the table. */
  @Nullable Prior prior() {
    return above.isEmpty() ? null : ByHand.prior(above.get(0));
  }

  @Override
  public String toString() {
    return name;
  }

  static QueryBuilder query(boolean weighted) {
    return TrainQuery.groupBy("g").predict("y").weight(weighted ? "w" : null).minRows(2).seed(SEED);
  }

  /** A query that also asks for standard errors if its rows are in folds. */
  static QueryBuilder query(boolean weighted, Validation validation) {
    return query(weighted)
        .validate(validation)
        .inference(validation.kind() == Validation.Kind.FOLDS);
  }

  /** Tables that try what a learner may stumble over, by what is special about them. */
  static Map<String, Recipe> tables(Task task) {
    Map<String, Recipe> tables = new LinkedHashMap<>();
    tables.put("plain", Recipe.of(3_500, 40, 2));
    tables.put("mixed", Recipe.of(2_600, 90, 5).numeric(3).levels(5).missing(0.1).withWeights());
    tables.put("categories only", Recipe.of(300).numeric(0).levels(4));
    if (task == Task.CLASSIFICATION) {
      tables.put("several classes", Recipe.of(1_500, 40, 6).numeric(2).levels(3).withClasses(4));
    }
    return tables;
  }

  /** Groups of a table, some rows held out and alone, and in folds and with a parent. */
  static List<ContractSample> of(
      Learner learner, List<Config> configs, String name, Task task, Recipe recipe) {
    boolean two = task == Task.CLASSIFICATION && recipe.classes() == 0;
    MemoryTable table = TestTables.make(two ? recipe.withClasses() : recipe, 5);
    TrainQuery alone = query(recipe.weighted(), VALIDATIONS.get(0)).build();
    TrainQuery leaning = query(recipe.weighted(), VALIDATIONS.get(1)).build();
    List<ContractSample> samples = new ArrayList<>();
    addTo(samples, name, TestJobs.of(learner, configs, alone, table), table);
    TrainJob families = TestJobs.withFamilies(learner, configs, leaning, table);
    addTo(samples, name + ", folds and a parent", families, table);
    return samples;
  }

  private static void addTo(
      List<ContractSample> samples, String name, TrainJob job, MemoryTable table) {
    for (int g = 0; g < job.table().groups(); g++) {
      Split.assign(job.table().rows(g), job.query().query().validation(), SEED);
    }
    Family all = job.table().families(0).get(0);
    List<TrainedGroup> above =
        job.plan().hasFamilies() ? List.of(new ByHand(job).train(all, List.of())) : List.of();
    for (Family group : job.table().families(1)) {
      GroupStats stats = job.table().rows(group).stats();
      if (stats.rows() >= 2 && stats.targetMinimum() < stats.targetMaximum()) {
        String label = "%s, %s, %,d rows".formatted(job.query().task(), name, stats.rows());
        samples.add(new ContractSample(label.toLowerCase(Locale.ROOT), job, table, group, above));
      }
    }
  }
}
