package dev.kingpin.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class KernelProviderTest {

  private static final boolean MODULE =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  @Test
  void theBestKernelsUseVectorsWhereTheModuleIs() {
    assertThat(KernelProvider.choose("").name()).startsWith(MODULE ? "vector-" : "scalar");
    assertThat(Kernels.best()).isSameAs(Kernels.best());
  }

  @Test
  void thePropertyForcesScalarKernels() {
    assertThat(KernelProvider.choose("scalar").name()).isEqualTo("scalar");
  }

  @Test
  void thePropertyForcesVectorKernelsOrSaysWhyNot() {
    if (MODULE) {
      assertThat(KernelProvider.choose("vector").name()).startsWith("vector-");
      return;
    }
    assertThatThrownBy(() -> KernelProvider.choose("vector"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--add-modules jdk.incubator.vector");
  }

  @Test
  void anUnknownWordIsRefused() {
    assertThatThrownBy(() -> KernelProvider.choose("fast"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'fast'");
  }
}
