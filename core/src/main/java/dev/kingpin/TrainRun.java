package dev.kingpin;

import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.data.TableSource;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.ModelCodec;
import dev.kingpin.plan.Planner;
import dev.kingpin.plan.TrainPlan;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.ResolvedQuery;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.store.GroupSink;
import dev.kingpin.store.RunFile;
import dev.kingpin.store.RunHeader;
import dev.kingpin.tune.Grid;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One run from a query to the outcomes of all groups. */
final class TrainRun {
  private static final double NANOS_A_SECOND = 1e9;

  private final ResolvedQuery query;
  private final GroupedTable table;
  private final List<Config> configs;
  private final List<Chain> chains;
  private final RunHeader header;
  private final RunOptions options;
  private final RunListener listener;
  private final double readSeconds;
  private double trainSeconds;
  private int resumedGroups;

  private TrainRun(
      ResolvedQuery query,
      GroupedTable table,
      String source,
      RunOptions options,
      RunListener listener,
      double readSeconds) {
    this.query = query;
    this.table = table;
    this.options = options;
    this.listener = listener;
    this.readSeconds = readSeconds;
    configs = Grid.configs(query.grid());
    chains = query.learner().chains(query.task(), query.metric(), GroupTraining.fits(configs));
    header =
        new RunHeader(
            Kingpin.version(),
            source,
            query.query(),
            query.task(),
            query.metric(),
            table.features(),
            table.target(),
            configs,
            table.sourceRows(),
            table.dataHash());
  }

  /** Resolves the query and reads the rows. */
  static TrainRun prepare(
      TrainQuery asked, TableSource source, RunOptions options, RunListener listener) {
    ResolvedQuery query = QueryResolver.resolve(asked, source.schema());
    query.notes().forEach(listener::note);
    long start = System.nanoTime();
    GroupedTable table = TableEncoder.read(source, query.encoding(), listener::reading);
    double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
    return new TrainRun(query, table, source.schema().table(), options, listener, seconds);
  }

  RunHeader header() {
    return header;
  }

  ModelCodec models() {
    return query.learner().codec();
  }

  /** Keys of all groups, ascending. */
  List<GroupKey> keys() {
    return IntStream.range(0, table.groups()).mapToObj(table::key).toList();
  }

  /** Trains all groups that the sink does not have yet. */
  void train(GroupSink sink) {
    TrainPlan plan = Planner.plan(table, query.learner(), chains, g -> !sink.isDone(table.key(g)));
    resumedGroups = table.groups() - plan.groups().size();
    long rows = plan.groups().stream().mapToLong(g -> table.rows(g.group()).rows()).sum();
    listener.training(table.groups(), resumedGroups, rows, plan.cost());
    long start = System.nanoTime();
    TrainJob job = new TrainJob(table, query, configs, chains, plan);
    new LocalEngine().run(job, sink, options, listener);
    trainSeconds = (System.nanoTime() - start) / NANOS_A_SECOND;
  }

  /** Writes what is true of this run but not of its models. */
  void writeRunFile(Path artifact) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kingpin_version", Kingpin.version());
    facts.put("java_version", System.getProperty("java.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    facts.put("kernels", Kernels.best().name());
    facts.put("threads", options.threads());
    facts.put("source_rows", table.sourceRows());
    facts.put("groups", table.groups());
    facts.put("groups_from_an_earlier_run", resumedGroups);
    facts.put("configs", configs.size());
    facts.put("read_seconds", readSeconds);
    facts.put("train_seconds", trainSeconds);
    RunFile.write(artifact, facts);
  }
}
