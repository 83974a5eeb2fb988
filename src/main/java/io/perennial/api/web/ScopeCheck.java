package io.perennial.api.web;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Tells a program which scope its key lacks. */
class ScopeCheck implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Needs needs = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Needs.class) : null;
        if (needs != null) {
            for (Permission permission : needs.value()) {
                if (!CurrentStaff.may(permission)) {
                    throw new Refused(
                            ApiProblem.Kind.MISSING_SCOPE,
                            "This needs a key with the scope " + permission.authority() + ".");
                }
            }
        }
        return true;
    }

    @Configuration(proxyBeanMethods = false)
    static class Setup implements WebMvcConfigurer {

        @Override
        public void addInterceptors(InterceptorRegistry registry) {
            registry.addInterceptor(new ScopeCheck()).addPathPatterns(ApiSecurity.ROOT + "/**");
        }
    }
}
