package io.cuttlestore.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.redis.Settings.Arrangement;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import java.time.Duration;
import java.util.ServiceLoader;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.HostAndPort;

@DisplayName("A connection string for Redis")
class RedisProviderTest {
    @Test
    @DisplayName("is opened by a provider that the service loader finds")
    void found() {
        assertThat(ServiceLoader.load(BackendProvider.class)).anyMatch(RedisProvider.class::isInstance);
    }

    @Test
    @DisplayName("has defaults")
    void defaults() {
        Settings settings = settings("redis://db.example");
        assertThat(settings.hosts()).containsExactly(new HostAndPort("db.example", 6379));
        assertThat(settings.database()).isZero();
        assertThat(settings.tls()).isEmpty();
        assertThat(settings.poolSize()).isEqualTo(8);
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings("redis+sentinel://s/m").hosts()).containsExactly(new HostAndPort("s", 26379));
        assertThat(settings("rediss://h").tls()).isPresent();
    }

    @Test
    @DisplayName("may say everything")
    void everything() {
        Settings settings = settings("redis+sentinel://agent:47@a:1,[::1]:2/main/3?sentinel-username=su"
                + "&sentinel-password=sp&pool-size=2&connect-timeout=100ms");
        assertThat(settings.arrangement()).isEqualTo(Arrangement.SENTINEL);
        assertThat(settings.hosts()).containsExactly(new HostAndPort("a", 1), new HostAndPort("::1", 2));
        assertThat(settings.primaryName()).isEqualTo("main");
        assertThat(settings.database()).isEqualTo(3);
        assertThat(settings.credentials().user()).contains("agent");
        assertThat(settings.credentials().password()).contains("47");
        assertThat(settings.sentinelCredentials().user()).contains("su");
        assertThat(settings.sentinelCredentials().password()).contains("sp");
        assertThat(settings.poolSize()).isEqualTo(2);
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofMillis(100));
        assertThat(settings.location()).isEqualTo("redis+sentinel://::1:2,a:1/main/3");
        assertThat(settings.toString()).doesNotContain("47").doesNotContain("sp");
    }

    @ParameterizedTest
    @DisplayName("that is wrong gets one clear error without the password")
    @CsvSource({
        "redis://:geheim@h/one, number",
        "redis://:geheim@h/-1, number",
        "redis://:geheim@h/0/1, number",
        "redis://:geheim@a;b, one host",
        "redis+cluster://:geheim@h/1, database 0",
        "redis+sentinel://:geheim@h, primary",
        "redis://:geheim@h?password=geheim, twice",
        "redis://agent@h?username=agent&password=geheim, twice",
        "redis://geheim@h, without a password",
        "redis://agent%3Ageheim@h, without a password",
        "redis://h?username=geheim, without a password",
        "redis+sentinel://h/m?sentinel-username=geheim, without a password",
        "redis+sentinel://agent:12/geheim@h/m, %2F",
        "redis://:geheim@h?sentinel-password=geheim, sentinel",
        "redis://:geheim@h?pool-size=0, pool-size",
        "redis://:geheim@h?pool-sise=1, pool-size",
        "redis://:geheim@h?key=k, rediss",
        "redis://:geheim@, host",
        "redis://:geheim@h:0, port"
    })
    void wrong(String url, String says) {
        assertThatThrownBy(() -> settings(url.replace(';', ',')))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining(says)
                .hasMessageNotContaining("geheim");
    }

    private static Settings settings(String url) {
        return RedisProvider.settings(ConnectionString.parse(url).withOptions(new RedisProvider().options()));
    }
}
