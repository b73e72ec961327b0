package dev.kingpin;

import dev.kingpin.data.EncodeRequest;
import dev.kingpin.data.Family;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupedTable;
import dev.kingpin.data.TableEncoder;
import dev.kingpin.data.TableSource;
import dev.kingpin.engine.Company;
import dev.kingpin.engine.Engine;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.Walls;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.engine.walled.Ledger;
import dev.kingpin.engine.walled.WalledEngine;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.Config;
import dev.kingpin.learner.Fit;
import dev.kingpin.learner.ModelCodec;
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
import dev.kingpin.report.WorkersReport;
import dev.kingpin.store.GroupSink;
import dev.kingpin.store.MemoryModels;
import dev.kingpin.store.RunFile;
import dev.kingpin.store.RunHeader;
import dev.kingpin.tune.Candidates;
import dev.kingpin.tune.Grid;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private double trainSeconds;
  private int resumedGroups;
  private @Nullable WalledEngine walled;

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
    GroupedTable table = TableEncoder.read(source, rows, listener::reading);
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

  /** Trains all groups that the sink does not have yet. */
  void train(GroupSink sink) {
    List<Family> left = groups.stream().filter(g -> !sink.isDone(g.key())).toList();
    List<List<Family>> ahead =
        families.stream()
            .map(level -> level.stream().filter(f -> !sink.isDone(f.key())).toList())
            .toList();
    TrainPlan plan = Planner.plan(table, query.learner(), chains, ahead, left);
    resumedGroups = groups.size() - left.size();
    long rows = left.stream().mapToLong(g -> table.rows(g).rows()).sum();
    listener.training(groups.size(), resumedGroups, rows, plan.cost());
    long start = System.nanoTime();
    TrainJob job = new TrainJob(table, query, configs, chains, families(), plan);
    List<List<Family>> levels = new ArrayList<>(ahead);
    levels.add(left);
    engine(levels).run(job, sink, options, listener);
    trainSeconds = (System.nanoTime() - start) / NANOS_A_SECOND;
    ledger().ifPresent(l -> listener.workersDone(WalledPlans.accounts(l), trainSeconds));
  }

  private Engine engine(List<List<Family>> levels) {
    Walls walls = options.walls();
    if (walls == null) {
      return new LocalEngine();
    }
    Workload workload = Workload.of(table, levels, 0, modelsAGroup());
    workload.check(walls.cluster());
    List<Stage> stages = WalledPlans.stages(workload, estimator(walls.cluster().machine()), walls);
    List<Family> families = levels.stream().flatMap(List::stream).toList();
    long memory =
        walls.cluster().workers().stream().mapToLong(w -> (long) w.memory()).min().orElse(0);
    walled = new WalledEngine(families, stages, walls.cluster().size(), memory);
    return walled;
  }

  /** What workers that share nothing did in the last training. */
  Optional<Ledger> ledger() {
    return walled == null ? Optional.empty() : walled.ledger();
  }

  /** What each group asks of a cluster, while so many threads are at work. */
  List<Demand> pilot(int rounds, int threads) {
    TrainPlan plan = Planner.plan(table, query.learner(), chains, List.of(), groups);
    TrainJob job = new TrainJob(table, query, configs, chains, List.of(), plan);
    return new Company(job, () -> new MemoryModels(header, keys(), families()), groups)
        .measure(rounds, threads);
  }

  /** The sizes of all that is to be trained. */
  Workload workload() {
    List<List<Family>> levels = new ArrayList<>(families);
    levels.add(groups);
    return Workload.of(table, levels, query.query().minRows(), modelsAGroup());
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

  /** Seconds that the last training took. */
  double trainSeconds() {
    return trainSeconds;
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
    facts.put("groups", groups.size());
    facts.put("families", families().size());
    facts.put("groups_from_an_earlier_run", resumedGroups);
    facts.put("configs", configs.size());
    facts.put("read_seconds", readSeconds);
    facts.put("train_seconds", trainSeconds);
    ledger()
        .map(WalledPlans::accounts)
        .ifPresent(a -> facts.put("workers", new WorkersReport(a, trainSeconds).tree()));
    RunFile.write(artifact, facts);
  }
}
