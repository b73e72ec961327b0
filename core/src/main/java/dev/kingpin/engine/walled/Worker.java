package dev.kingpin.engine.walled;

import dev.kingpin.data.Bytes;
import dev.kingpin.data.Features;
import dev.kingpin.data.InputException;
import dev.kingpin.engine.GroupTraining;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.WorkerLost;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.Workspace;
import dev.kingpin.plan.Placement;
import dev.kingpin.store.EntryCodec;
import dev.kingpin.store.TrainedGroup;
import java.nio.charset.StandardCharsets;
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
  private static final System.Logger LOG = System.getLogger(Worker.class.getName());

  private final int number;
  private final Crew crew;
  private final Core core;
  private final Memory memory;
  private final Workspace workspace = new Workspace(Kernels.best());
  private final Calls calls = new Calls();
  private final Map<Integer, Tenant> tenants = new ConcurrentHashMap<>();
  private final BlockingQueue<Runnable> own = new LinkedBlockingQueue<>();
  private volatile boolean isStopped;
  private volatile boolean isLost;

  Worker(int number, Crew crew, Core core, Memory memory) {
    this.number = number;
    this.crew = crew;
    this.core = core;
    this.memory = memory;
  }

  private static WorkerLost gone() {
    return new WorkerLost("Nobody needs the group here any more");
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

  /**
   * Opens a call for a group.
   *
   * @throws WorkerLost if nobody would answer
   */
  Calls.Call call(int group, Tenant tenant, int expected) {
    Calls.Call call = calls.open(group, expected);
    if (isStopped || tenant.isGone()) {
      WorkerLost gone = gone();
      calls.refuse(call.number, gone);
      throw gone;
    }
    return call;
  }

  /**
   * Lets urgent work go first, then other workers; throws if what is done for a tenant is not
   * needed any more.
   */
  void pass(Tenant tenant) {
    if (core.isWanted()) {
      release(tenant);
      core.take(false);
    } else {
      core.takeTurns();
    }
    if (isLost || tenant.isGone()) {
      throw gone();
    }
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

  /** A step of a group waits for other workers. */
  void sync(int group) {
    crew.ledger().sync(number, group);
  }

  /** Lets others have the processor, after something that was done for a tenant. */
  void release(Tenant tenant) {
    crew.ledger().groups().worked(tenant.number(), core.release());
  }

  /** Reads messages until it is stopped, or dies. */
  void serve() throws InterruptedException {
    long read = 0;
    Message message;
    while ((message = crew.channel().receive(number)) != null) {
      try {
        handle(message);
      } catch (InputException e) {
        throw e;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "Worker " + number + " died", e);
        die(e.toString());
        return;
      }
      if (crew.strikes(number, ++read)) {
        die("a mishap");
        return;
      }
    }
  }

  /** Goes through the tasks of its own until it is stopped. */
  void work() throws InterruptedException {
    while (!isStopped) {
      own.take().run();
    }
  }

  private void die(String reason) {
    isLost = true;
    stop();
    crew.lost(number, reason);
  }

  /** It is to read no more messages and begin nothing new. */
  void stop() {
    isStopped = true;
    crew.channel().close(number);
    calls.end(gone());
    own.add(() -> {});
  }

  private void handle(Message message) {
    switch (message.kind()) {
      case INTRODUCE -> {
        Features features = job().table().features();
        Introduction group = Introduction.read(message.body(), features, crew::family);
        tenants.put(message.group(), new Tenant(message.group(), group));
      }
      case ANSWER, CHAIN_DONE -> calls.hear(message.call(), message.body());
      case DEFECT -> calls.refuse(message.call(), new RemoteDefect(text(message.body())));
      default -> {
        @Nullable Tenant tenant = tenants.get(message.group());
        if (tenant != null) { // else it comes late: nobody needs the group any more
          handle(message, tenant);
        }
      }
    }
  }

  private void handle(Message message, Tenant tenant) {
    switch (message.kind()) {
      case ROWS, PERMUTED_ROWS, BATCH_ROWS, FOLDS -> {
        memory.take(message.body().length);
        computing(true, tenant, () -> tenant.take(message));
      }
      case TRAIN -> train(message.group(), tenant);
      case ASK ->
          answer(message, tenant, () -> reply(message, tenant, tenant.answer(this, message)));
      case BATCH ->
          answer(message, tenant, () -> reply(message, tenant, tenant.answerBatch(this, message)));
      case REPLAY -> answer(message, tenant, () -> replay(message, tenant));
      case CHAIN -> chain(message, tenant);
      case CLOSE -> tenant.close(Bytes.read(message.body(), in -> in.readInt()));
      case FREE -> free(message.group());
      default -> throw new IllegalStateException("Nobody expects " + message.kind());
    }
  }

  private void chain(Message message, Tenant tenant) {
    if (tenant.placement() instanceof Placement.Spread) {
      own.add(
          () ->
              unlessGone(
                  tenant, () -> computing(false, tenant, () -> trainChain(message, tenant))));
    } else {
      answer(message, tenant, () -> new Hops(this, tenant).receive(message));
    }
  }

  private void trainChain(Message message, Tenant tenant) {
    telling(message, tenant, () -> Hops.trainHere(this, tenant, message));
  }

  private void replay(Message message, Tenant tenant) {
    tenant.replay(this, message.body());
    reply(message, tenant, new byte[0]);
  }

  private void answer(Message message, Tenant tenant, Runnable task) {
    computing(true, tenant, () -> telling(message, tenant, task));
  }

  /** A defect in what is done for a group is for its owner to hear. */
  private void telling(Message message, Tenant tenant, Runnable task) {
    try {
      task.run();
    } catch (WorkerLost e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "Group " + tenant.group().family().key(), e);
      byte[] text = e.toString().getBytes(StandardCharsets.UTF_8);
      send(
          tenant.placement().owner(),
          new Message(Message.Kind.DEFECT, message.group(), 0, message.call(), text));
    }
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** Does something for a tenant as long as that is needed. */
  private void unlessGone(Tenant tenant, Runnable task) {
    try {
      if (!tenant.isGone()) {
        task.run();
      }
    } catch (WorkerLost e) {
      if (!isStopped && !tenant.isGone()) {
        throw e;
      }
    }
  }

  private void computing(boolean isUrgent, Tenant tenant, Runnable task) {
    core.take(isUrgent);
    try {
      task.run();
    } finally {
      release(tenant);
    }
  }

  private void reply(Message to, Tenant tenant, byte[] body) {
    int owner = tenant.placement().owner();
    send(owner, new Message(Message.Kind.ANSWER, to.group(), 0, to.call(), body));
  }

  private void train(int group, Tenant tenant) {
    boolean isWhole = tenant.placement() instanceof Placement.Whole;
    Runnable task =
        () -> unlessGone(tenant, () -> computing(!isWhole, tenant, () -> trainHere(group, tenant)));
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
                crew.sink(group),
                new OwnedField(this, group, tenant),
                crew.snapshotSeconds())
            .train();
    for (int worker : Source.workers(tenant.placement())) {
      if (worker != number) {
        send(worker, new Message(Message.Kind.FREE, group, 0, 0, new byte[0]));
      }
    }
    free(group);
    crew.done(group, number, trained);
  }

  private void free(int group) {
    @Nullable Tenant gone = tenants.remove(group);
    if (gone != null) {
      gone.leave();
      calls.end(group, gone());
      memory.give(gone.bytes());
    }
  }
}
