package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.data.GroupKey;
import dev.kingpin.engine.FoldDealing;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.Threads;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.plan.Placement;
import dev.kingpin.plan.Placement.Shard;
import dev.kingpin.plan.Stage;
import dev.kingpin.store.EntryCodec;
import dev.kingpin.store.GroupSink;
import dev.kingpin.store.TrainedGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** One run on workers with walls, from the first stage to the last. */
final class WalledRun implements Crew {
  private static final double NANOS_A_SECOND = 1e9;

  private final Setting setting;
  private final Ledger ledger;
  private final Questions questions;
  private final ChainRef chains;
  private final EntryCodec entries;
  private final Channel channel;
  private final Board board;
  private final Source source;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Map<GroupKey, Double> costs;
  private final Map<Integer, Integer> stageOf = new ConcurrentHashMap<>(); // by family
  private volatile Turns turns = new Turns(new int[0]);
  private boolean isOver;

  /** What is run, and for whom. */
  record Setting(
      TrainJob job,
      List<Family> families,
      GroupSink sink,
      RunOptions options,
      RunListener listener,
      Mishap mishap) {}

  /**
   * @param memory bytes that each worker may hold
   */
  WalledRun(Setting setting, Ledger ledger, long memory) {
    this.setting = setting;
    this.ledger = ledger;
    TrainJob job = setting.job();
    costs = job.plan().costs();
    questions = new Questions(job);
    chains = new ChainRef(job);
    entries = new EntryCodec(job.query().learner().codec(), job.table().features());
    int count = ledger.workers().size();
    channel = new Channel(count, ledger);
    board = new Board(count);
    Cores cores = new Cores(setting.options().threads());
    source = new Source(job, channel, setting.sink(), entries, new Core(cores));
    for (int w = 0; w < count; w++) {
      workers.add(new Worker(w, this, new Core(cores), new Memory(w, memory)));
    }
  }

  /**
   * Trains all groups of all stages.
   *
   * @return seconds that each level of the plan took
   */
  List<Double> play(List<Stage> stages) {
    FoldDealing.deal(job(), setting.options().threads());
    Double[] seconds = new Double[job().plan().levels().size()];
    Arrays.fill(seconds, 0.0);
    try {
      for (Worker worker : workers) {
        start("worker-" + worker.number(), worker::serve);
        start("tasks-" + worker.number(), worker::work);
      }
      for (Map.Entry<Integer, List<Stage>> level : levels(stages).entrySet()) {
        long begun = System.nanoTime();
        playLevel(level.getValue());
        seconds[level.getKey()] = (System.nanoTime() - begun) / NANOS_A_SECOND;
      }
    } finally {
      end();
      for (Worker worker : workers) {
        ledger.close(worker.number(), worker.core().busyNanos(), worker.memory().most());
      }
    }
    return List.of(seconds);
  }

  /** Where its groups stand in the plan: families by their depth, groups last. */
  private int level(Stage stage) {
    int depth = family(stage.groups().get(0).group()).depth();
    boolean isGroups = depth == job().query().query().groupBy().size();
    return isGroups ? job().plan().levels().size() - 1 : depth;
  }

  /** The stages, level by level: what families have become has to be known before their groups. */
  private Map<Integer, List<Stage>> levels(List<Stage> stages) {
    Map<Integer, List<Stage>> levels = new LinkedHashMap<>();
    for (Stage stage : stages) {
      if (!stage.groups().isEmpty()) {
        levels.computeIfAbsent(level(stage), l -> new ArrayList<>()).add(stage);
      }
    }
    return levels;
  }

  private void playLevel(List<Stage> stages) {
    int[] left = new int[stages.size()];
    for (int s = 0; s < left.length; s++) {
      for (Stage.Placed placed : stages.get(s).groups()) {
        stageOf.put(placed.group(), s);
        left[s] += isDone(placed) ? 0 : 1;
      }
    }
    turns = new Turns(left);
    for (Stage stage : stages) {
      for (Stage.Placed placed : stage.groups()) {
        if (!isDone(placed)) {
          begin(placed.group(), placed.placement());
        }
      }
    }
    for (OptionalInt lost = board.await(); lost.isPresent(); lost = board.await()) {
      recover(lost.getAsInt());
    }
  }

  private boolean isDone(Stage.Placed placed) {
    return setting.sink().isDone(family(placed.group()).key());
  }

  private void begin(int number, Placement planned) {
    board.check();
    Family family = family(number);
    Moves moves = new Moves(board.living(), loads());
    Placement placement = moves.of(planned, job().table().rows(family).rows());
    board.open(number, placement);
    source.ship(number, placement, family);
    turns.arrived(stage(number), () -> source.train(number, placement.owner()));
  }

  private int stage(int number) {
    return Objects.requireNonNull(stageOf.get(number % setting.families().size()));
  }

  private Family family(int number) {
    return setting.families().get(number % setting.families().size());
  }

  /** Begins the groups again of which a worker had a part. */
  private void recover(int lost) {
    Map<Integer, Placement> withdrawn = board.withdraw(lost);
    withdrawn.forEach((number, placement) -> source.free(number, Source.workers(placement)));
    withdrawn.forEach((number, placement) -> begin(number + setting.families().size(), placement));
  }

  /** (workers) rows that they have. */
  private double[] loads() {
    double[] loads = new double[workers.size()];
    board
        .open()
        .forEach(
            (number, placement) -> {
              long rows = job().table().rows(family(number)).rows();
              List<Shard> shards = Introduction.shards(placement);
              shards.forEach(s -> loads[s.worker()] += s.share() * rows);
              if (shards.isEmpty()) {
                Source.workers(placement).forEach(w -> loads[w] += rows);
              }
            });
    return loads;
  }

  private void end() {
    List<Thread> all;
    synchronized (this) {
      isOver = true;
      all = List.copyOf(threads);
    }
    workers.forEach(Worker::stop);
    boolean interrupted = Thread.interrupted();
    if (Threads.await(all, () -> {}) || interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void start(String name, Body body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException | Error e) {
                board.fail(e);
              }
            },
            "kingpin-" + name);
    thread.setDaemon(true);
    if (!isOver) {
      threads.removeIf(t -> t.getState() == Thread.State.TERMINATED);
      thread.start();
      threads.add(thread);
    }
  }

  @Override
  public void done(int group, int owner, TrainedGroup trained) {
    if (!board.claim(group, owner)) {
      return;
    }
    ledger.groups().ended(group, trained.outcome().status());
    setting.sink().done(trained);
    job().tell(setting.listener(), trained, Objects.requireNonNull(costs.get(trained.key())));
    turns.ended(stage(group));
    board.ended(group);
  }

  @Override
  public boolean strikes(int worker, long messages) {
    return setting.mishap().strikes(worker, messages);
  }

  @Override
  public void lost(int worker, String reason) {
    synchronized (setting.listener()) {
      setting
          .listener()
          .note("Worker " + worker + " is lost (" + reason + "): others take over its groups.");
    }
    board.lose(worker);
  }

  @Override
  public Family family(int depth, int from, int to) {
    return new Family(job().table().key(from).prefix(depth), from, to);
  }

  @Override
  public TrainJob job() {
    return setting.job();
  }

  @Override
  public Questions questions() {
    return questions;
  }

  @Override
  public ChainRef chains() {
    return chains;
  }

  @Override
  public EntryCodec entries() {
    return entries;
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public GroupSink sink(int group) {
    return new AttemptSink(setting.sink(), board, group);
  }

  @Override
  public double snapshotSeconds() {
    return setting.options().snapshotSeconds();
  }
}
