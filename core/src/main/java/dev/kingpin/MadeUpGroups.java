package dev.kingpin;

import dev.kingpin.data.Column;
import dev.kingpin.data.ColumnType;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.InputException;
import dev.kingpin.data.Schema;
import dev.kingpin.data.TargetInfo;
import dev.kingpin.learner.GroupShape;
import dev.kingpin.learner.Task;
import dev.kingpin.plan.GroupSizes;
import dev.kingpin.plan.Workload;
import dev.kingpin.plan.Workload.Sized;
import dev.kingpin.query.QueryBuilder;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.ResolvedQuery;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.store.RunHeader;
import dev.kingpin.tune.Grid;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups that nobody has, to plan for them.
 *
 * @param groups how many
 * @param rows of all groups together
 * @param zipf the k-th largest group has a share like 1 / k^zipf; 0 for equal ones
 * @param features that are numbers
 * @param categories features that are categories
 * @param levels distinct values of each of these
 * @param task what is predicted: a number, or one of two classes
 */
public record MadeUpGroups(
    int groups, double rows, double zipf, int features, int categories, int levels, Task task) {
  private static final String GROUP = "group";
  private static final String TARGET = "target";
  private static final int MOST_FEATURES = 10_000;

  public MadeUpGroups {
    if (features < 0
        || categories < 0
        || features + categories < 1
        || features + categories > MOST_FEATURES) {
      throw new InputException(
          "Cannot learn from (" + features + ") features. Maybe use --features 32.");
    }
    if (categories > 0 && levels < 1) {
      throw new InputException(
          "Categories have no (" + levels + ") values. Maybe use --levels 10.");
    }
  }

  /** A query for these groups; what is tried in each of them may be added. */
  public QueryBuilder query() {
    return TrainQuery.groupBy(GROUP).predict(TARGET).task(task);
  }

  /** A run of a query on rows of the same kind, but few of them. */
  TrainRun run(TrainQuery query) {
    List<Column> columns = new ArrayList<>(List.of(new Column(GROUP, ColumnType.TEXT)));
    columns.add(new Column(TARGET, ColumnType.NUMBER));
    for (int f = 1; f <= features; f++) {
      columns.add(new Column("x" + f, ColumnType.NUMBER));
    }
    for (int c = 1; c <= categories; c++) {
      columns.add(new Column("c" + c, ColumnType.TEXT));
    }
    if (query.orderBy() != null) {
      columns.add(new Column(query.orderBy(), ColumnType.NUMBER));
    }
    ResolvedQuery resolved = QueryResolver.resolve(query, new Schema("made-up rows", columns));
    return Rehearsal.run(resolved, Grid.candidates(resolved));
  }

  /** What a run on these groups would say of itself. */
  RunHeader header(TrainRun run, Workload workload) {
    RunHeader header = run.header();
    TargetInfo target = header.target();
    return new RunHeader(
        header.kingpinVersion(),
        header.source(),
        header.query(),
        header.task(),
        header.metric(),
        header.features(),
        new TargetInfo(
            header.query().predict(), target.expression(), target.offset(), target.classes()),
        header.families(),
        header.configs(),
        header.combinations(),
        workload.rows(),
        0);
  }

  Workload workload(TrainRun run) {
    long[] sizes = GroupSizes.zipf(groups, rows, zipf);
    List<List<Sized>> all = new ArrayList<>();
    if (run.hasFamilies()) {
      all.add(List.of(new Sized(GroupKey.of(), shape(Arrays.stream(sizes).sum()))));
    }
    List<Sized> trained = new ArrayList<>();
    for (int g = 0; g < sizes.length; g++) {
      if (sizes[g] >= run.header().query().minRows()) {
        trained.add(new Sized(GroupKey.of("g" + (g + 1)), shape(sizes[g])));
      }
    }
    all.add(trained);
    return new Workload(
        all, run.workload().rowBytes(), run.modelsAGroup(), groups - trained.size());
  }

  private GroupShape shape(long size) {
    int classes = task == Task.CLASSIFICATION ? 2 : 0;
    long values = (long) categories * Math.min(size, levels);
    int known = (int) Math.min(values, Integer.MAX_VALUE);
    return new GroupShape(size, features, categories, known, classes);
  }
}
