package io.cuttlestore.codec.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Codec;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A record in a module that is not open to Jackson")
class ClosedModuleTest {
    @TempDir
    private Path folder;

    @Test
    void isNotShareableAndRefusedWithTheRemedy() throws Exception {
        Codec<Object> codec = codecOfRecordIn("module missions {}");

        assertThat(codec.shareable()).isFalse();
        assertThatThrownBy(() -> codec.decode("{\"message\":\"accept it\"}".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("open its package to the module tools.jackson.databind");
    }

    @Test
    void isAsAnyOtherOnceOpen() throws Exception {
        Codec<Object> codec = codecOfRecordIn("module missions { opens missions; }");

        assertThat(codec.shareable()).isTrue();
        assertThat(codec.decode("{\"message\":\"accept it\"}".getBytes(UTF_8)))
                .hasToString("Mission[message=accept it]");
    }

    @SuppressWarnings("unchecked")
    private Codec<Object> codecOfRecordIn(String moduleInfo) throws Exception {
        Path module = Files.writeString(folder.resolve("module-info.java"), moduleInfo);
        Path record = Files.writeString(
                folder.resolve("Mission.java"), "package missions; record Mission(String message) {}");
        int errors = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.toString(), module.toString(), record.toString());
        assertThat(errors).isZero();
        ModuleLayer boot = ModuleLayer.boot();
        Configuration configuration =
                boot.configuration().resolve(ModuleFinder.of(folder), ModuleFinder.of(), Set.of("missions"));
        Class<?> type = boot.defineModulesWithOneLoader(
                        configuration, getClass().getClassLoader())
                .findLoader("missions")
                .loadClass("missions.Mission");
        return (Codec<Object>) Formats.json(type);
    }
}
