# The target actfn::parallel: actfn, and the threads that the standard library's parallel algorithms need. Installed with
# the package. Without oneTBB there is no such target, and whoever includes <actfn/parallel.hpp> reads why.
function(actfn_add_parallel)
    if(TARGET actfn_parallel)
        return()
    endif()
    if(NOT TARGET TBB::tbb)
        # Global, as the project that links actfn::parallel may be above this folder.
        find_package(TBB CONFIG QUIET GLOBAL)
    endif()
    if(TARGET TBB::tbb)
        add_library(actfn_parallel INTERFACE)
        add_library(actfn::parallel ALIAS actfn_parallel)
        target_link_libraries(actfn_parallel INTERFACE actfn::actfn TBB::tbb)
    endif()
endfunction()
