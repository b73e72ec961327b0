package dev.kingpin.engine;

import dev.kingpin.data.Family;
import dev.kingpin.data.GroupedTable;
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
    ResolvedQuery asked = QueryResolver.resolve(query, source.schema());
    ResolvedQuery resolved =
        new ResolvedQuery(
            query, asked.encoding(), asked.task(), asked.metric(), learner, Map.of(), List.of());
    GroupedTable table = TableEncoder.read(source, resolved.encoding(), (rows, all) -> {});
    List<Chain> chains =
        learner.chains(
            resolved.task(),
            resolved.metric(),
            GroupTraining.fits(configs, query.validation().masks()));
    List<Family> groups = table.families(query.groupBy().size());
    TrainPlan plan = Planner.plan(table, learner, chains, List.of(), groups);
    return new TrainJob(table, resolved, configs, chains, List.of(), plan);
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
    return new TrainJob(
        job.table(),
        job.query(),
        job.configs(),
        job.chains(),
        job.families(),
        new TrainPlan(List.of(how.apply(job.plan().groups()))));
  }
}
