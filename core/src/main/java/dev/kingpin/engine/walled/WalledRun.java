package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.RunOptions;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.plan.Stage;
import dev.kingpin.store.EntryCodec;
import dev.kingpin.store.GroupSink;
import dev.kingpin.store.TrainedGroup;
import dev.kingpin.tune.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** One run on workers with walls, from the first stage to the last. */
final class WalledRun implements Crew {
  private final Setting setting;
  private final Ledger ledger;
  private final long memory;
  private final Questions questions;
  private final ChainRef chains;
  private final EntryCodec entries;
  private final Channel channel;
  private final List<Thread> threads = new ArrayList<>();
  private final Set<Integer> open = new HashSet<>(); // groups of the stage that are not done
  private @Nullable Throwable failure;
  private boolean isOver;

  /** What is run, and for whom. */
  record Setting(
      TrainJob job,
      List<Family> families,
      GroupSink sink,
      RunOptions options,
      RunListener listener) {}

  /**
   * @param memory bytes that each worker may hold
   */
  WalledRun(Setting setting, Ledger ledger, long memory) {
    this.setting = setting;
    this.ledger = ledger;
    this.memory = memory;
    TrainJob job = setting.job();
    questions = new Questions(job);
    chains = new ChainRef(job);
    entries = new EntryCodec(job.query().learner().codec(), job.table().features());
    channel = new Channel(ledger.workers().size(), ledger);
  }

  /** Trains all groups of all stages. */
  void play(List<Stage> stages, int count) {
    split();
    Semaphore cores = new Semaphore(setting.options().threads());
    List<Worker> workers = new ArrayList<>();
    List<Core> processors = new ArrayList<>();
    List<Memory> memories = new ArrayList<>();
    for (int w = 0; w < count; w++) {
      Core core = new Core(cores);
      Memory held = new Memory(w, memory);
      Worker worker = new Worker(w, this, core, held);
      processors.add(core);
      memories.add(held);
      workers.add(worker);
      start("worker-" + w, worker::serve);
      start("tasks-" + w, worker::work);
    }
    Source source = new Source(setting.job(), channel, setting.sink(), entries);
    try {
      stages.forEach(stage -> play(stage, source));
    } finally {
      end(workers);
      for (int w = 0; w < count; w++) {
        ledger.close(w, processors.get(w).busyNanos(), memories.get(w).most());
      }
    }
  }

  private void split() {
    TrainJob job = setting.job();
    for (int g = 0; g < job.table().groups(); g++) {
      Split.assign(
          job.table().rows(g), job.query().query().validation(), job.query().query().seed());
    }
  }

  private void play(Stage stage, Source source) {
    List<Stage.Placed> left =
        stage.groups().stream()
            .filter(p -> !sink().isDone(setting.families().get(p.group()).key()))
            .toList();
    synchronized (this) {
      left.forEach(p -> open.add(p.group()));
    }
    left.forEach(p -> source.ship(p, setting.families().get(p.group())));
    awaitStage();
  }

  private synchronized void awaitStage() {
    boolean interrupted = false;
    while (!open.isEmpty() && failure == null && !interrupted) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while training");
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private void end(List<Worker> workers) {
    List<Thread> all;
    synchronized (this) {
      isOver = true;
      all = List.copyOf(threads);
    }
    IllegalStateException over = new IllegalStateException("The run is over");
    workers.forEach(w -> w.calls().fail(over));
    all.forEach(Thread::interrupt);
    boolean interrupted = Thread.interrupted();
    for (Thread thread : all) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
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
                fail(e);
              }
            },
            "kingpin-" + name);
    thread.setDaemon(true);
    if (!isOver) {
      threads.removeIf(t -> !t.isAlive() && t.getState() == Thread.State.TERMINATED);
      threads.add(thread);
      thread.start();
    }
  }

  private synchronized void fail(Throwable e) {
    if (!isOver && failure == null) {
      failure = e;
    }
    notifyAll();
  }

  @Override
  public void done(int group, TrainedGroup trained) {
    sink().done(trained);
    boolean isGroup = trained.key().values().size() == job().query().query().groupBy().size();
    synchronized (setting.listener()) {
      if (isGroup) {
        setting.listener().groupDone(trained.key(), trained.outcome(), 1);
      } else {
        setting.listener().familyDone(trained.key(), trained.outcome(), 1);
      }
    }
    synchronized (this) {
      open.remove(group);
      notifyAll();
    }
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
  public GroupSink sink() {
    return setting.sink();
  }

  @Override
  public double snapshotSeconds() {
    return setting.options().snapshotSeconds();
  }
}
