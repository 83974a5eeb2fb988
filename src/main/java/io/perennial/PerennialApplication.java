package io.perennial;

import com.vaadin.flow.component.dependency.StyleSheet;
import com.vaadin.flow.component.page.AppShellConfigurator;
import com.vaadin.flow.component.page.ColorScheme;
import com.vaadin.flow.component.page.Push;
import com.vaadin.flow.component.page.Viewport;
import com.vaadin.flow.server.LoadDependenciesOnStartup;
import com.vaadin.flow.theme.aura.Aura;
import java.util.ServiceLoader;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ApplicationListener;
import org.springframework.modulith.Modulithic;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the Perennial console: a multi-tenant application for keeping customers. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
@Modulithic(systemName = "Perennial", sharedModules = "kernel")
@StyleSheet(Aura.STYLESHEET)
@StyleSheet("styles.css")
@ColorScheme(ColorScheme.Value.SYSTEM)
@Viewport("width=device-width, initial-scale=1")
@Push
// What a page is made of often comes from other modules by an interface (parts of settings, of the guide, of Home).
// Vaadin's look into the byte code of that page does not find it: a chunk of its own would lack their components.
@LoadDependenciesOnStartup
public class PerennialApplication implements AppShellConfigurator {

    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(PerennialApplication.class);
        // A development checkout has one, the production jar none: see io.perennial.sample.
        ServiceLoader.load(ApplicationListener.class).forEach(application::addListeners);
        application.run(args);
    }
}
