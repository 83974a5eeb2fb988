package io.perennial.shell;

import io.perennial.accounts.CurrentStaff;
import io.perennial.accounts.StaffPrincipal;
import io.perennial.tenancy.CurrentTenant;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/** Opens the tenant scope of the signed-in member of staff around each request of the console. */
class TenantFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<StaffPrincipal> staff = CurrentStaff.find();
        if (staff.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            CurrentTenant.callAsTenant(staff.get().tenant(), () -> {
                chain.doFilter(request, response);
                return null;
            });
        } catch (ServletException | IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
