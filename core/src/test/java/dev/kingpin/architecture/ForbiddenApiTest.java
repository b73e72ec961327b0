package dev.kingpin.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What would break the promise of same bits, or tell users things behind the report's back. */
class ForbiddenApiTest {
  private static final String VECTORS = "jdk.incubator.vector.";

  /** Functions whose last bit is left to the platform. */
  private static final Set<String> TRANSCENDENTAL =
      Set.of(
          "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
          "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");

  private static final Pattern CLOCK =
      Pattern.compile(
          "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)"
              + "|java\\.time\\.\\w+\\.(now|system\\w*|tick\\w*)"
              + "|java\\.util\\.(Date|Calendar|GregorianCalendar)\\..*");

  private static final Pattern CHANCE =
      Pattern.compile(
          "java\\.util\\.(Random|SplittableRandom)\\..*"
              + "|java\\.util\\.(random|concurrent\\.ThreadLocalRandom)\\b.*"
              + "|java\\.security\\.SecureRandom\\..*"
              + "|java\\.lang\\.Math\\.random"
              + "|java\\.util\\.UUID\\.randomUUID"
              + "|java\\.util\\.Collections\\.shuffle"
              + "|java\\.lang\\.System\\.identityHashCode");

  private static final Pattern HIDDEN_THREADS =
      Pattern.compile(
          ".*\\.parallel|.*\\.parallelStream|java\\.util\\.Arrays\\.parallel\\w+"
              + "|java\\.util\\.concurrent\\.(ForkJoin|CompletableFuture|Executor)\\w*\\..*"
              + "|java\\.util\\.Timer\\..*");

  @Test
  void floatsAreNeverSummedAcrossLanes() {
    assertThat(
            uses(
                c -> true,
                a -> isFloatVector(a.getTargetOwner()) && name(a).startsWith("reduceLanes")))
        .isEmpty();
  }

  private static boolean isFloatVector(JavaClass owner) {
    return owner.getName().equals(VECTORS + "FloatVector")
        || owner.getName().equals(VECTORS + "DoubleVector")
        || owner.getName().equals(VECTORS + "Vector"); // which may be one of floats
  }

  @Test
  void lanesKnowNoTranscendentalFunctions() {
    assertThat(
            uses(
                c -> true,
                a ->
                    a.getTargetOwner().getName().equals(VECTORS + "VectorOperators")
                        && TRANSCENDENTAL.contains(name(a).toLowerCase(java.util.Locale.ROOT))))
        .isEmpty();
  }

  @Test
  void theMathOfThePlatformIsNotUsed() {
    assertThat(
            uses(
                c -> true,
                a ->
                    a.getTargetOwner().getName().equals("java.lang.Math")
                        && TRANSCENDENTAL.contains(name(a))))
        .isEmpty();
  }

  /** Slow, and the twins must be made of the same few operations. */
  @Test
  void kernelsBringTheirOwnMath() {
    assertThat(uses(in("kernel"), a -> target(a).matches("java\\.lang\\.StrictMath\\..*")))
        .isEmpty();
  }

  @Test
  void onlyRunsAndFilesLookAtTheClock() {
    assertThat(uses(in("engine", "store", "").negate(), a -> CLOCK.matcher(target(a)).matches()))
        .isEmpty();
  }

  @Test
  void nothingIsLeftToChance() {
    assertThat(uses(in("store").negate(), a -> CHANCE.matcher(target(a)).matches())).isEmpty();
  }

  @Test
  void onlyEnginesStartThreads() {
    assertThat(uses(c -> true, a -> HIDDEN_THREADS.matcher(target(a)).matches())).isEmpty();
    assertThat(
            uses(
                in("engine").negate(),
                a -> target(a).matches("java\\.lang\\.Thread\\.(start|<init>)")))
        .isEmpty();
  }

  @Test
  void nobodyTalksBehindTheReportsBack() {
    assertThat(
            uses(
                c -> true,
                a ->
                    target(a).matches("java\\.lang\\.System\\.(out|err|in|exit|console)")
                        || name(a).equals("printStackTrace")))
        .isEmpty();
  }

  /** The rules see what they forbid: the same look at things that are used. */
  @Test
  void usesAreSeen() {
    assertThat(uses(in("kernel"), a -> target(a).equals("java.lang.Math.fma"))).isNotEmpty();
    assertThat(uses(in("learner"), a -> target(a).equals("java.lang.StrictMath.log"))).isNotEmpty();
    assertThat(uses(in("engine"), a -> CLOCK.matcher(target(a)).matches())).isNotEmpty();
    assertThat(uses(in("engine"), a -> target(a).equals("java.lang.Thread.start"))).isNotEmpty();
    assertThat(uses(in("store"), a -> CHANCE.matcher(target(a)).matches())).isNotEmpty();
    assertThat(uses(in("kernel"), a -> isFloatVector(a.getTargetOwner()))).isNotEmpty();
    assertThat(
            uses(
                in("kernel"),
                a -> a.getTargetOwner().getName().equals(VECTORS + "VectorOperators")))
        .isNotEmpty();
  }

  private static Predicate<JavaClass> in(String... layers) {
    Set<String> wanted = Set.of(layers);
    return c -> wanted.contains(CoreClasses.place(c).split("\\.", -1)[0]);
  }

  private static String name(JavaAccess<?> access) {
    return access.getTarget().getName();
  }

  private static String target(JavaAccess<?> access) {
    return access.getTargetOwner().getName() + "." + name(access);
  }

  private static SortedSet<String> uses(
      Predicate<JavaClass> where, Predicate<JavaAccess<?>> isMeant) {
    SortedSet<String> found = new TreeSet<>();
    for (JavaClass user : CoreClasses.ALL) {
      if (where.test(user)) {
        user.getAccessesFromSelf().stream()
            .filter(isMeant)
            .forEach(a -> found.add(a.getDescription()));
      }
    }
    return found;
  }
}
