package dev.kingpin;

import dev.kingpin.data.EncodeRequest;
import dev.kingpin.data.Family;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.Parallel;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.data.TableSource;
import dev.kingpin.engine.Company;
import dev.kingpin.engine.Engine;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.engine.ParallelThreads;
import dev.kingpin.engine.RunAccount;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.Walls;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.engine.walled.WalledEngine;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.ModelCodec;
import dev.kingpin.plan.Candidate;
import dev.kingpin.plan.Cluster;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Estimator;
import dev.kingpin.plan.Machine;
import dev.kingpin.plan.Planner;
import dev.kingpin.plan.Stage;
import dev.kingpin.plan.TrainPlan;
import dev.kingpin.plan.Workload;
import dev.kingpin.query.Fallback;
import dev.kingpin.query.QueryResolver;
import dev.kingpin.query.ResolvedQuery;
import dev.kingpin.query.TrainQuery;
import dev.kingpin.query.Validation;
import dev.kingpin.report.Measured;
import dev.kingpin.store.GroupSink;
import dev.kingpin.store.MemoryModels;
import dev.kingpin.store.RunHeader;
import dev.kingpin.store.RunStore;
import dev.kingpin.tune.Candidates;
import dev.kingpin.tune.Grid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One run from a query to the outcomes of all groups. */
final class TrainRun {
  private static final double NANOS_A_SECOND = 1e9;

  private final ResolvedQuery query;
  private final GroupedTable table;
  private final List<Config> configs;
  private final List<Chain> chains;
  private final List<Family> groups;
  private final List<List<Family>> families; // by level, from the global model on
  private final RunHeader header;
  private final RunOptions options;
  private final RunListener listener;
  private double readSeconds;

  TrainRun(
      ResolvedQuery query,
      Candidates candidates,
      GroupedTable table,
      String source,
      RunOptions options,
      RunListener listener) {
    this.query = query;
    this.table = table;
    this.options = options;
    this.listener = listener;
    configs = candidates.configs();
    List<Fit> fits = GroupTraining.fits(configs, query.query().validation().masks());
    chains =
        query.learner().chains(query.task(), query.metric(), fits).stream()
            .map(c -> c.withInference(query.query().inference()))
            .toList();
    groups = wanted(table.families(query.query().groupBy().size()));
    families = query.wantsFamilies(configs) ? levels() : List.of();
    header =
        new RunHeader(
            Kingpin.version(),
            source,
            query.query(),
            query.task(),
            query.metric(),
            table.features(),
            table.target(),
            families().size(),
            configs,
            candidates.combinations(),
            table.sourceRows(),
            table.dataHash());
  }

  /** Resolves the query and reads the rows. */
  static TrainRun prepare(
      TrainQuery asked, TableSource source, RunOptions options, RunListener listener) {
    ResolvedQuery query = QueryResolver.resolve(asked, source.schema());
    Candidates candidates = Grid.candidates(query);
    try (Rehearsal rehearsal = Rehearsal.beforeFirstRun(query, candidates)) {
      return read(query, candidates, source, options, listener);
    }
  }

  /** The same, without a rehearsal: for a run that may never be started. */
  static TrainRun prepareOnly(
      TrainQuery asked, TableSource source, RunOptions options, RunListener listener) {
    ResolvedQuery query = QueryResolver.resolve(asked, source.schema());
    return read(query, Grid.candidates(query), source, options, listener);
  }

  private static TrainRun read(
      ResolvedQuery query,
      Candidates candidates,
      TableSource source,
      RunOptions options,
      RunListener listener) {
    query.notes().forEach(listener::note);
    candidates.notes().forEach(listener::note);
    long start = System.nanoTime();
    EncodeRequest rows =
        query.wantsFamilies(candidates.configs())
            ? query.encoding().keepingOthers()
            : query.encoding();
    Parallel threads = new ParallelThreads(options.threads(), "kingpin-reader");
    GroupedTable table = TableEncoder.read(source, rows, threads, listener::reading);
    double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
    noteOrder(query.query(), table, listener);
    TrainRun run =
        new TrainRun(query, candidates, table, source.schema().table(), options, listener);
    run.readSeconds = seconds;
    return run;
  }

  private static void noteOrder(TrainQuery asked, GroupedTable table, RunListener listener) {
    long missing = table.rowsWithoutOrder();
    if (missing > 0) {
      listener.note(
          String.format(
              Locale.ROOT,
              "%,d rows have no (%s): they count as the first of their groups.",
              missing,
              asked.orderBy()));
    }
  }

  RunHeader header() {
    return header;
  }

  ModelCodec models() {
    return query.learner().codec();
  }

  /** The groups that are asked for: the table may hold others, for their parents' sake. */
  private List<Family> wanted(List<Family> all) {
    Set<GroupKey> only = query.query().only();
    return only.isEmpty() ? all : all.stream().filter(f -> only.contains(f.key())).toList();
  }

  /** The families that the wanted groups descend from. */
  private List<List<Family>> levels() {
    List<List<Family>> levels = new ArrayList<>();
    int deepest =
        query.query().fallback() == Fallback.GLOBAL && !query.wantsPriors(configs)
            ? 0
            : query.query().groupBy().size() - 1;
    for (int depth = 0; depth <= deepest; depth++) {
      int length = depth;
      Set<GroupKey> needed =
          groups.stream().map(g -> g.key().prefix(length)).collect(Collectors.toSet());
      levels.add(table.families(depth).stream().filter(f -> needed.contains(f.key())).toList());
    }
    return levels;
  }

  /** Keys of all groups, ascending. */
  List<GroupKey> keys() {
    return groups.stream().map(Family::key).toList();
  }

  /** Keys of the families that are trained beside the groups: the global one, then its children. */
  List<GroupKey> families() {
    return families.stream().flatMap(List::stream).map(Family::key).toList();
  }

  /** A sink for all that is trained, in memory. */
  MemoryModels memory() {
    return new MemoryModels(header, keys(), families());
  }

  /**
   * Trains what an earlier run has left and writes the artifact.
   *
   * @return nothing if all was done
   */
  Optional<RunResult> train(RunStore store, Path out) {
    store.begin(header, models()).ifPresent(listener::note);
    if (store.isComplete()) {
      return Optional.empty();
    }
    RunResult result = train(store);
    List<GroupKey> entries = new ArrayList<>(keys());
    entries.addAll(families());
    store.finish(entries);
    result.writeRunFile(out);
    return Optional.of(result);
  }

  /** Trains all groups that the sink does not have yet. */
  RunResult train(GroupSink sink) {
    List<Family> left = left(groups, sink);
    List<List<Family>> levels = new ArrayList<>(families.stream().map(l -> left(l, sink)).toList());
    long begun = System.nanoTime();
    TrainPlan plan = Planner.plan(table, query.learner(), chains, levels, left);
    levels.add(left);
    Walls walls = options.walls();
    WalledPlan placed = walls == null ? null : WalledPlan.of(this, levels, walls);
    if (placed != null && Stage.sumBatches(placed.stages())) {
      listener.note("With this plan, " + Candidate.OTHER_BITS + ".");
    }
    int resumed = groups.size() - left.size();
    long rows = left.stream().mapToLong(this::rows).sum();
    listener.training(groups.size(), resumed, rows, plan.cost());
    long start = System.nanoTime();
    TrainJob job = new TrainJob(table, query, configs, chains, families(), plan);
    RunAccount account = engine(placed).run(job, sink, options, listener);
    double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
    if (walls != null) {
      listener.workersDone(account.workers(), seconds);
    }
    double planSeconds = (start - begun) / NANOS_A_SECOND;
    @Nullable Cluster cluster = walls == null ? null : walls.cluster();
    Measured.Seconds all = new Measured.Seconds(readSeconds, planSeconds, seconds, Double.NaN);
    Measured measured = new Measured(account, cluster, all, resumed);
    return new RunResult(this, options, levels, placed, measured);
  }

  private static List<Family> left(List<Family> level, GroupSink sink) {
    return level.stream().filter(f -> !sink.isDone(f.key())).toList();
  }

  private Engine engine(@Nullable WalledPlan placed) {
    Walls walls = options.walls();
    if (placed == null || walls == null) {
      return new LocalEngine();
    }
    List<Cluster.Worker> workers = walls.cluster().workers();
    long memory = workers.stream().mapToLong(w -> (long) w.memory()).min().orElse(0);
    return new WalledEngine(placed.families(), placed.stages(), workers.size(), memory);
  }

  /** What each group asks of a cluster, while so many threads are at work. */
  List<Demand> pilot(int rounds, int threads) {
    TrainPlan plan = Planner.plan(table, query.learner(), chains, List.of(), groups);
    TrainJob job = new TrainJob(table, query, configs, chains, List.of(), plan);
    return new Company(job, this::memory, groups).measure(rounds, threads);
  }

  /** The sizes of all that is to be trained. */
  Workload workload() {
    List<List<Family>> levels = new ArrayList<>(families);
    levels.add(groups);
    return workload(levels, query.query().minRows());
  }

  /** The sizes of families and groups with at least so many rows. */
  Workload workload(List<List<Family>> levels, int minRows) {
    return Workload.of(table, levels, minRows, modelsAGroup());
  }

  /** Usable rows. */
  long rows(Family family) {
    return table.rows(family).rows();
  }

  /** Models that are trained in each group. */
  int modelsAGroup() {
    int fits = chains.stream().mapToInt(c -> c.fits().size()).sum();
    return fits + (query.query().refit() ? 1 : 0);
  }

  boolean hasFamilies() {
    return !families.isEmpty();
  }

  /** What turns sizes into seconds of a machine. */
  Estimator estimator(Machine machine) {
    Validation validation = query.query().validation();
    double held = validation.kind() == Validation.Kind.FOLDS ? 1 : validation.amount();
    Estimator.Search search = new Estimator.Search(configs.size(), held, query.query().refit());
    return new Estimator(query.learner(), chains, machine, search);
  }
}
