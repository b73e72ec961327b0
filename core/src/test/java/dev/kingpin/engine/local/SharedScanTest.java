package dev.kingpin.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import dev.kingpin.TestTables;
import dev.kingpin.TestTables.Recipe;
import dev.kingpin.data.Family;
import dev.kingpin.data.GroupKey;
import dev.kingpin.data.GroupRows;
import dev.kingpin.data.GroupStats;
import dev.kingpin.data.RowBlock;
import dev.kingpin.engine.TestJobs;
import dev.kingpin.kernel.Kernels;
import dev.kingpin.learner.AggregateTrainer;
import dev.kingpin.learner.Chain;
import dev.kingpin.learner.FitResult;
import dev.kingpin.learner.Prior;
import dev.kingpin.learner.RowState;
import dev.kingpin.learner.Work;
import dev.kingpin.learner.Workspace;
import dev.kingpin.learner.toy.BinnedLearner;
import dev.kingpin.plan.GroupPlan;
import dev.kingpin.query.TrainQuery;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = SEPARATE_THREAD) // a hang is a failure too
class SharedScanTest {
  private static final int BLOCKS = 21;
  private static final int SEATS = 3;

  private final GroupRows rows =
      TestJobs.of(
              new BinnedLearner(),
              TrainQuery.groupBy("g").predict("y").build(),
              TestTables.make(Recipe.of(BLOCKS * RowBlock.ROWS - 5), 1))
          .table()
          .rows(0);

  /** Lists the blocks it sees; meets a helper at the first one if so asked. */
  private static class Lister implements AggregateTrainer<Object, String, List<Long>> {
    @Override
    public String ask(Object state) {
      return "which blocks";
    }

    @Override
    public List<Long> partial(String request, @Nullable List<Long> reuse) {
      return new ArrayList<>();
    }

    @Override
    public void accumulate(
        String request,
        RowBlock block,
        RowState rowState,
        List<Long> partial,
        Workspace workspace) {
      partial.add(block.firstRow());
    }

    @Override
    public void merge(List<Long> into, List<Long> from) {
      into.addAll(from);
    }

    @Override
    public void writeRequest(String request, DataOutput out) {}

    @Override
    public String readRequest(DataInput in, GroupStats group, @Nullable String last) {
      return "which blocks";
    }

    @Override
    public void writePartial(String request, List<Long> partial, DataOutput out)
        throws IOException {
      out.writeInt(partial.size());
      for (long row : partial) {
        out.writeLong(row);
      }
    }

    @Override
    public List<Long> readPartial(String request, DataInput in) throws IOException {
      List<Long> partial = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        partial.add(in.readLong());
      }
      return partial;
    }

    @Override
    public void tell(Object state, List<Long> partial) {}

    @Override
    public Object begin(Chain chain, GroupStats group, @Nullable Prior prior) {
      return "";
    }

    @Override
    public Object refit(Object state, int fit) {
      return "";
    }

    @Override
    public FitResult finish(Object state, int fit) {
      return FitResult.failed("");
    }

    @Override
    public byte[] snapshot(Object state) {
      return new byte[0];
    }

    @Override
    public Object restore(Chain chain, GroupStats group, @Nullable Prior prior, byte[] snapshot) {
      return "";
    }
  }

  private static Workspace workspace() {
    return new Workspace(Kernels.scalar());
  }

  private SharedScan<String, List<Long>> scan(Lister lister) {
    return new SharedScan<>(lister, "which blocks", rows, RowState.NONE, SEATS);
  }

  @Test
  void theOwnerAloneTakesEveryBlockInOrder() {
    assertThat(scan(new Lister()).own(null, workspace(), 0))
        .containsExactlyElementsOf(LongStream.range(0, BLOCKS).mapToObj(b -> b * 1024).toList());
  }

  @Test
  void aWorkerBeginsWithThePartOfItsSeat() {
    for (int seat = 0; seat < SEATS; seat++) {
      List<Long> blocks = scan(new Lister()).own(null, workspace(), seat);
      int first = seat * BLOCKS / SEATS;
      assertThat(blocks)
          .containsExactlyElementsOf(
              LongStream.range(0, BLOCKS).mapToObj(b -> (first + b) % BLOCKS * 1024).toList());
    }
  }

  @Test
  void ownerAndHelpersTakeEveryBlockOnce() throws InterruptedException {
    CountDownLatch both = new CountDownLatch(3);
    SharedScan<String, List<Long>> scan =
        scan(
            new Lister() {
              @Override
              public List<Long> partial(String request, @Nullable List<Long> reuse) {
                both.countDown(); // nobody takes a block before all are there
                try {
                  both.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                return super.partial(request, reuse);
              }
            });
    List<Thread> helpers = new ArrayList<>();
    for (int h = 0; h < 2; h++) {
      assertThat(scan.hasWork()).isTrue();
      scan.join();
      int seat = h + 1;
      helpers.add(new Thread(() -> scan.help(workspace(), seat)));
    }
    helpers.forEach(Thread::start);
    List<Long> blocks = scan.own(null, workspace(), 0);
    assertThat(blocks)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, BLOCKS).mapToObj(b -> b * 1024).toList());
    assertThat(scan.hasWork()).isFalse();
    for (Thread helper : helpers) {
      helper.join();
    }
  }

  @Test
  void whatAHelperRunsIntoIsThrownToTheOwner() {
    Thread owner = Thread.currentThread();
    IllegalArgumentException problem = new IllegalArgumentException("no");
    SharedScan<String, List<Long>> scan =
        scan(
            new Lister() {
              @Override
              public List<Long> partial(String request, @Nullable List<Long> reuse) {
                if (Thread.currentThread() != owner) {
                  throw problem;
                }
                return super.partial(request, reuse);
              }
            });
    scan.join();
    new Thread(() -> scan.help(workspace(), 1)).start();
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> scan.own(null, workspace(), 0))
        .isSameAs(problem);
  }

  // ---------------------------------------------------------------- the board

  private static GroupPlan plan(int group) {
    return new GroupPlan(new Family(GroupKey.of("g" + group), group, group + 1), Work.NONE, true);
  }

  @Test
  void scansInWorkComeBeforeGroupsAndGroupsInTheirOrder() throws InterruptedException {
    WorkBoard board = new WorkBoard(List.of(plan(7), plan(3)));
    assertThat(board.next()).isEqualTo(new WorkBoard.Task(null, plan(7)));
    SharedScan<String, List<Long>> scan = scan(new Lister());
    board.open(scan);
    assertThat(board.next()).isEqualTo(new WorkBoard.Task(scan, null));
    scan.help(workspace(), 0); // nothing is left of it
    assertThat(board.next()).isEqualTo(new WorkBoard.Task(null, plan(3)));
    board.close(scan);
    board.ended();
    board.ended();
    assertThat(board.next()).isNull();
  }

  @Test
  void aBoardThatIsStoppedHandsOutNothing() throws InterruptedException {
    WorkBoard board = new WorkBoard(List.of(plan(7), plan(3)));
    assertThat(board.next()).isNotNull();
    board.stop();
    assertThat(board.next()).isNull();
  }
}
