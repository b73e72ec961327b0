package dev.kingpin.engine.walled;

import dev.kingpin.data.Family;
import dev.kingpin.engine.Pilot;
import dev.kingpin.engine.RecordingSink;
import dev.kingpin.engine.RunListener;
import dev.kingpin.engine.TrainJob;
import dev.kingpin.plan.Demand;
import dev.kingpin.plan.Stage;
import java.util.List;
import java.util.Optional;

/** Holds the ledger against formulas. */
public final class Audit {
  private final TrainJob job;
  private final List<Family> families;
  private final List<Demand> alone;

  /**
   * Trains every group of a job alone, to know its steps.
   *
   * @param job whose groups lean on no other
   */
  public Audit(TrainJob job) {
    this.job = job;
    families = TestStages.families(job);
    Pilot pilot = new Pilot(job, new RecordingSink());
    alone = families.stream().map(pilot::measure).toList();
  }

  /**
   * What a run counted, and what it should have.
   *
   * @param rows what came from where the table lies
   */
  public record Result(List<Stage> stages, Ledger ledger, Formulas formulas, Shipments rows) {
    /** Whether all counts are those of the formulas. */
    public boolean isExact() {
      return ledger.messages() == formulas.messages()
          && ledger.syncs() == formulas.syncs()
          && ledger.bytes() == formulas.bytes()
          && ledger.source().messages() == rows.messages()
          && ledger.source().bytes() == rows.bytes();
    }
  }

  /** What each group asks for, in the order of the table. */
  public List<Demand> alone() {
    return alone;
  }

  /** A run by a strategy; nothing if it cannot run the job. */
  public Optional<Result> run(String strategy, int workers) {
    List<Stage> stages = TestStages.of(job, strategy, workers);
    if (stages.isEmpty()) {
      return Optional.empty();
    }
    WalledEngine engine = TestStages.engine(job, stages, workers);
    engine.run(job, new RecordingSink(), TestStages.threads(2), RunListener.NONE);
    return Optional.of(
        new Result(
            stages,
            engine.ledger().orElseThrow(),
            Formulas.of(job, stages, alone),
            Shipments.of(job, stages)));
  }
}
