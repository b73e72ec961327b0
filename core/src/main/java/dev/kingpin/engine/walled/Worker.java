package dev.kingpin.engine.walled;

import dev.kingpin.data.Features;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.Workspace;
import dev.kingpin.plan.Placement;
import dev.kingpin.store.EntryCodec;
import dev.kingpin.store.TrainedGroup;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A worker: what it has, and what it does with messages. One thread reads messages and answers
 * them; another goes through the groups that are here as a whole; each cut group that it owns has a
 * thread of its own, which mostly waits. They share one processor.
 */
final class Worker {
  private final int number;
  private final Crew crew;
  private final Core core;
  private final Memory memory;
  private final Workspace workspace = new Workspace(Kernels.best());
  private final Calls calls = new Calls();
  private final Map<Integer, Tenant> tenants = new ConcurrentHashMap<>();
  private final BlockingQueue<Runnable> own = new LinkedBlockingQueue<>();

  Worker(int number, Crew crew, Core core, Memory memory) {
    this.number = number;
    this.crew = crew;
    this.core = core;
    this.memory = memory;
  }

  int number() {
    return number;
  }

  Core core() {
    return core;
  }

  Memory memory() {
    return memory;
  }

  Workspace workspace() {
    return workspace;
  }

  Calls calls() {
    return calls;
  }

  TrainJob job() {
    return crew.job();
  }

  Questions questions() {
    return crew.questions();
  }

  ChainRef chains() {
    return crew.chains();
  }

  EntryCodec entries() {
    return crew.entries();
  }

  void send(int to, Message message) {
    crew.channel().send(number, to, message);
  }

  /** A step waits for other workers. */
  void sync() {
    crew.ledger().sync(number);
  }

  /** Reads messages until it is interrupted. */
  void serve() throws InterruptedException {
    while (true) {
      handle(crew.channel().receive(number));
    }
  }

  /** Goes through the tasks of its own until it is interrupted. */
  void work() throws InterruptedException {
    while (true) {
      own.take().run();
    }
  }

  private void handle(Message message) {
    int group = message.group();
    if (message.kind() == Message.Kind.INTRODUCE) {
      Features features = job().table().features();
      tenants.put(group, new Tenant(Introduction.read(message.body(), features, crew::family)));
      return;
    }
    if (message.kind() == Message.Kind.ANSWER || message.kind() == Message.Kind.CHAIN_DONE) {
      calls.hear(message.call(), message.body());
      return;
    }
    Tenant tenant = tenants.get(group);
    if (tenant == null) {
      throw new IllegalStateException("Worker " + number + " does not know group " + group);
    }
    switch (message.kind()) {
      case ROWS -> {
        memory.take(message.body().length);
        tenant.take(message.body());
      }
      case TRAIN -> train(group, tenant);
      case ASK -> urgently(() -> reply(message, tenant, tenant.answer(this, message)));
      case REPLAY ->
          urgently(
              () -> {
                tenant.replay(this, message.body());
                reply(message, tenant, new byte[0]);
              });
      case CHAIN -> {
        if (tenant.placement() instanceof Placement.Spread) {
          own.add(() -> computing(false, () -> Hops.trainHere(this, tenant, message)));
        } else {
          urgently(() -> new Hops(this, tenant).receive(message));
        }
      }
      case CLOSE -> tenant.close(Bytes.read(message.body(), in -> in.readInt()));
      case FREE -> free(group);
      default -> throw new IllegalStateException("Nobody expects " + message.kind());
    }
  }

  private void urgently(Runnable task) {
    computing(true, task);
  }

  private void computing(boolean isUrgent, Runnable task) {
    core.take(isUrgent);
    try {
      task.run();
    } finally {
      core.release();
    }
  }

  private void reply(Message to, Tenant tenant, byte[] body) {
    int owner = tenant.placement().owner();
    send(owner, new Message(Message.Kind.ANSWER, to.group(), 0, to.call(), body));
  }

  private void train(int group, Tenant tenant) {
    boolean isWhole = tenant.placement() instanceof Placement.Whole;
    Runnable task = () -> computing(!isWhole, () -> trainHere(group, tenant));
    if (isWhole) {
      own.add(task);
    } else {
      crew.start("owner-" + group, task::run);
    }
  }

  private void trainHere(int group, Tenant tenant) {
    TrainedGroup trained =
        new GroupTraining(
                job(),
                tenant.group().family(),
                tenant.kin(this),
                crew.sink(),
                new OwnedField(this, group, tenant),
                crew.snapshotSeconds())
            .train();
    for (int worker : Source.workers(tenant.placement())) {
      if (worker != number) {
        send(worker, new Message(Message.Kind.FREE, group, 0, 0, new byte[0]));
      }
    }
    free(group);
    crew.done(group, trained);
  }

  private void free(int group) {
    @Nullable Tenant gone = tenants.remove(group);
    if (gone != null) {
      memory.give(gone.bytes());
    }
  }
}
