package dev.kingpin.engine.walled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.MemoryTable;
import dev.kingpin.engine.GroupAccount;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunAccount;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.engine.WorkerAccount;
import dev.kingpin.engine.local.LocalEngine;
import dev.kingpin.learner.Learner;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.learner.toy.FaultyLearner;
import dev.kingpin.query.TrainQuery;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run took is told in full: whatever became of its groups, and of its workers. */
@Timeout(60)
class RunAccountTest {
  private static final int LARGE = 40_000;
  private static final MemoryTable TABLE =
      TestTables.make(Recipe.of(LARGE, 3_000, 300, 6).numeric(3), 3);

  private static TrainJob job(Learner learner) {
    TrainQuery query = TrainQuery.groupBy("g").predict("y").minRows(10).seed(5).build();
    return TestJobs.withFamilies(learner, TestJobs.defaults(learner), query, TABLE);
  }

  private static TrainJob failing() {
    return job(
        new FaultyLearner(
            LARGE,
            block -> {
              throw new IllegalStateException("a defect");
            }));
  }

  private static RunAccount onThreads(TrainJob job, int threads) {
    return new LocalEngine()
        .run(job, new RecordingSink(), TestStages.threads(threads), RunListener.NONE);
  }

  private static RunAccount onWorkers(TrainJob job, String strategy, Mishap mishap) {
    return TestStages.engine(job, strategy, 3)
        .orElseThrow()
        .meeting(mishap)
        .run(job, new RecordingSink(), TestStages.threads(2), RunListener.NONE);
  }

  private static long sum(RunAccount account, ToLongFunction<WorkerAccount> of) {
    return account.workers().stream().mapToLong(of).sum();
  }

  private static long sumOfGroups(RunAccount account, ToLongFunction<GroupAccount> of) {
    return account.groups().values().stream().mapToLong(of).sum();
  }

  /** Whatever workers did, they did for some group. */
  private static void assertAddsUp(RunAccount account) {
    assertThat(sumOfGroups(account, GroupAccount::bytes))
        .isEqualTo(sum(account, WorkerAccount::bytes));
    assertThat(sumOfGroups(account, GroupAccount::messages))
        .isEqualTo(sum(account, WorkerAccount::messages));
    assertThat(sumOfGroups(account, GroupAccount::syncs))
        .isEqualTo(sum(account, WorkerAccount::syncs));
    double busy = account.workers().stream().mapToDouble(WorkerAccount::busySeconds).sum();
    double work = account.groups().values().stream().mapToDouble(GroupAccount::busySeconds).sum();
    assertThat(work).isPositive().isCloseTo(busy, within(1e-9 + 1e-9 * busy));
    assertThat(account.groups()).hasSize(5);
    assertThat(account.groups().values()).allMatch(g -> g.busySeconds() > 0);
    assertThat(account.levelSeconds()).hasSize(2).allMatch(s -> s > 0);
  }

  private static String status(RunAccount account, int group) {
    return account.groups().get(GroupKey.of("g%03d".formatted(group))).status();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void onThreadsNothingIsSent(int threads) {
    RunAccount account = onThreads(job(new BinnedLearner()), threads);
    assertAddsUp(account);
    assertThat(account.workers()).hasSize(threads).allMatch(w -> w.bytes() + w.mostBytes() == 0);
    assertThat(account.loadBytes()).isZero();
    assertThat(status(account, 0)).isEqualTo("trained");
    assertThat(status(account, 3)).isEqualTo("fallback");
  }

  @ParameterizedTest
  @CsvSource({"gtp, 0", "gl, 1", "dp, 1"})
  void onWorkersEachMessageIsOfAGroup(String strategy, int least) {
    RunAccount account = onWorkers(job(new BinnedLearner()), strategy, Mishap.NONE);
    assertAddsUp(account);
    assertThat(account.workers()).hasSize(3);
    assertThat(sum(account, WorkerAccount::messages)).isGreaterThanOrEqualTo(least);
    assertThat(account.loadBytes()).isGreaterThan(12L * LARGE);
  }

  @Test
  void whatIsDoneForAGroupThatFailsCountsToo() {
    for (RunAccount account :
        new RunAccount[] {onThreads(failing(), 2), onWorkers(failing(), "dp", Mishap.NONE)}) {
      assertAddsUp(account);
      assertThat(status(account, 0)).isEqualTo("fallback");
      assertThat(status(account, 1)).isEqualTo("trained");
    }
  }

  @Test
  void whatIsDoneForAGroupWhoseWorkerDiesCountsTwice() {
    TrainJob job = job(new BinnedLearner());
    RunAccount usual = onWorkers(job, "dp", Mishap.NONE);
    RunAccount account = onWorkers(job, "dp", (worker, messages) -> worker == 1 && messages >= 6);
    assertAddsUp(account);
    assertThat(account.loadBytes()).isGreaterThan(usual.loadBytes());
    assertThat(status(account, 0)).isEqualTo("trained");
  }
}
