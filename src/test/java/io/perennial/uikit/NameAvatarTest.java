package io.perennial.uikit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NameAvatarTest {

    @Test
    void aLongNameIsThreeInitials() {
        assertThat(NameAvatar.initials("Pražírna Tichý kopec a synové, rodinná společnost"))
                .isEqualTo("PTk");
        assertThat(NameAvatar.initials("  Mia ")).isEqualTo("M");
        assertThat(NameAvatar.initials("")).isEmpty();
    }
}
