package dev.kingpin.engine;

import dev.kingpin.data.EncodeRequest;
import dev.kingpin.data.Family;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.Parallel;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.data.TableSource;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.Setting;
import dev.kingpin.plan.GroupPlan;
import dev.kingpin.plan.Planner;
import dev.kingpin.plan.TrainPlan;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.ResolvedQuery;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.tune.Grid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Jobs made by hand, so that learners that are not registered can be run by an engine too. */
public final class TestJobs {
  private TestJobs() {}

  /** A job for a learner, with its default configs. The learner that the query names is ignored. */
  public static TrainJob of(Learner learner, TrainQuery query, TableSource source) {
    return of(learner, defaults(learner), query, source);
  }

  /** A job for a learner and configs. The learner and the grid of the query are ignored. */
  public static TrainJob of(
      Learner learner, List<Config> configs, TrainQuery query, TableSource source) {
    ResolvedQuery resolved = resolved(learner, query, source);
    GroupedTable table =
        TableEncoder.read(source, resolved.encoding(), Parallel.ALONE, (rows, all) -> {});
    return of(resolved, configs, table, List.of());
  }

  /** The same, with the families that the groups descend from trained ahead of them. */
  public static TrainJob withFamilies(
      Learner learner, List<Config> configs, TrainQuery query, TableSource source) {
    ResolvedQuery resolved = resolved(learner, query, source);
    EncodeRequest all = resolved.encoding().keepingOthers();
    GroupedTable table = TableEncoder.read(source, all, Parallel.ALONE, (rows, expected) -> {});
    List<List<Family>> levels = new ArrayList<>();
    for (int depth = 0; depth < query.groupBy().size(); depth++) {
      levels.add(table.families(depth));
    }
    return of(resolved, configs, table, levels);
  }

  private static ResolvedQuery resolved(Learner learner, TrainQuery query, TableSource source) {
    ResolvedQuery asked = QueryResolver.resolve(query, source.schema());
    return new ResolvedQuery(
        query, asked.encoding(), asked.task(), asked.metric(), learner, Map.of(), List.of());
  }

  private static TrainJob of(
      ResolvedQuery resolved,
      List<Config> configs,
      GroupedTable table,
      List<List<Family>> families) {
    TrainQuery query = resolved.query();
    Learner learner = resolved.learner();
    List<Chain> chains =
        learner
            .chains(
                resolved.task(),
                resolved.metric(),
                GroupTraining.fits(configs, query.validation().masks()))
            .stream()
            .map(c -> c.withInference(query.inference()))
            .toList();
    List<Family> groups =
        table.families(query.groupBy().size()).stream()
            .filter(g -> query.only().isEmpty() || query.only().contains(g.key()))
            .toList();
    TrainPlan plan = Planner.plan(table, learner, chains, families, groups);
    List<GroupKey> keys = families.stream().flatMap(List::stream).map(Family::key).toList();
    return new TrainJob(table, resolved, configs, chains, keys, plan);
  }

  /** Every combination of the defaults of a learner's settings. */
  public static List<Config> defaults(Learner learner) {
    Map<String, List<String>> grid = new LinkedHashMap<>();
    for (Setting setting : learner.settings()) {
      grid.put(setting.name(), setting.defaults());
    }
    return Grid.configs(grid);
  }

  /** The same job with its groups planned otherwise. */
  public static TrainJob replanned(TrainJob job, UnaryOperator<List<GroupPlan>> how) {
    List<List<GroupPlan>> levels = new ArrayList<>(job.plan().levels());
    levels.set(levels.size() - 1, how.apply(job.plan().groups()));
    return new TrainJob(
        job.table(),
        job.query(),
        job.configs(),
        job.chains(),
        job.families(),
        new TrainPlan(levels));
  }
}
