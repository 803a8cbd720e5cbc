# A dependency from the signed packages of Debian or Ubuntu, unpacked into the build tree. apt runs on a configuration
# of its own: the machine's mirror and keyring are read, nothing of the system is written.

# Fills ${ACTFN_DOWNLOAD_DIR}/<package>_<version>, or nothing if there is no acceptable package.
function(actfn_unpack_debian package)
    if(NOT ACTFN_DOWNLOAD)
        return()
    endif()
    actfn_prepare_apt(apt_get apt_cache own_suites)
    if(NOT apt_get)
        return()
    endif()

    list(POP_FRONT ${package}_debian debian suites)
    # Lines of the form "libxsimd-dev | 14.3.0-1 | <mirror> sid/main amd64 Packages", newest first.
    execute_process(COMMAND ${apt_cache} madison ${debian} OUTPUT_VARIABLE table ERROR_QUIET)
    string(REPLACE "\n" ";" table "${table}")
    set(chosen "")
    foreach(row IN LISTS table)
        if(NOT row MATCHES "^ *${debian} *\\| *([^ ]+) *\\| *[^ ]+ ([^/ ]+)/[^ ]+ [^ ]+ Packages$")
            continue()
        endif()
        set(candidate ${CMAKE_MATCH_1})
        set(suite ${CMAKE_MATCH_2})
        if(suites STREQUAL "own" AND NOT suite IN_LIST own_suites)
            continue()
        endif()
        actfn_is_acceptable(${candidate} "${${package}_versions}" acceptable)
        if(acceptable)
            set(chosen ${candidate})
            break()
        endif()
    endforeach()
    if(NOT chosen)
        return()
    endif()

    # What it depends on: other headers, and the shared objects of a library, whose packages carry the library's version
    # and may need each other.
    set(wanted ${debian}/${suite})
    string(REGEX REPLACE "-dev$" "" stem ${debian})
    set(next ${debian}=${chosen})
    while(next)
        list(POP_FRONT next package_name)
        execute_process(COMMAND ${apt_cache} depends ${package_name} OUTPUT_VARIABLE depends ERROR_QUIET)
        string(REGEX MATCHALL " Depends: [^<\n]+" depends "${depends}")
        foreach(dependency IN LISTS depends)
            string(REPLACE " Depends: " "" dependency ${dependency})
            if(dependency MATCHES "^${stem}|-dev$" AND NOT ${dependency}/${suite} IN_LIST wanted)
                list(APPEND wanted ${dependency}/${suite})
                if(dependency MATCHES "^${stem}")
                    list(APPEND next ${dependency})
                endif()
            endif()
        endforeach()
    endwhile()

    set(root ${ACTFN_DOWNLOAD_DIR}/${debian}_${chosen})
    set(archives ${ACTFN_DOWNLOAD_DIR}/archives)
    file(REMOVE_RECURSE ${archives} ${root})
    file(MAKE_DIRECTORY ${archives} ${root}.part)
    list(JOIN wanted " " names)
    message(STATUS "Unpacking ${names} into ${root}")
    execute_process(COMMAND ${apt_get} download ${wanted} WORKING_DIRECTORY ${archives}
        RESULT_VARIABLE failed OUTPUT_VARIABLE log ERROR_VARIABLE log)
    file(GLOB debs ${archives}/*.deb)
    foreach(deb IN LISTS debs)
        execute_process(COMMAND ${ACTFN_DPKG_DEB} -x ${deb} ${root}.part RESULT_VARIABLE broken)
        if(broken)
            set(failed ${broken})
        endif()
    endforeach()
    file(REMOVE_RECURSE ${archives})
    if(failed OR NOT debs)
        file(REMOVE_RECURSE ${root}.part)
        message(STATUS "That failed:\n${log}")
        return()
    endif()
    file(RENAME ${root}.part ${root})
endfunction()

# A private apt: a list of suites on the machine's own mirror and a place for its state. Done once per configure run.
function(actfn_prepare_apt get_result cache_result suites_result)
    set(home ${ACTFN_DOWNLOAD_DIR}/apt)
    find_program(ACTFN_APT_GET apt-get)
    find_program(ACTFN_DPKG_DEB dpkg-deb)
    mark_as_advanced(ACTFN_APT_GET ACTFN_DPKG_DEB)
    set(${get_result} "" PARENT_SCOPE)
    if(NOT ACTFN_APT_GET OR NOT ACTFN_DPKG_DEB)
        return()
    endif()

    cmake_host_system_information(RESULT id QUERY DISTRIB_ID)
    cmake_host_system_information(RESULT codename QUERY DISTRIB_VERSION_CODENAME)
    if(id STREQUAL "debian")
        set(own_suites ${codename} ${codename}-updates ${codename}-backports)
        set(newer_suites sid trixie)
        set(components main)
    elseif(id STREQUAL "ubuntu")
        set(own_suites ${codename} ${codename}-updates ${codename}-backports)
        set(newer_suites devel)
        set(components main universe)
    else()
        return()
    endif()

    get_property(prepared GLOBAL PROPERTY actfn_apt_is_prepared)
    if(NOT DEFINED prepared OR prepared STREQUAL "")
        set_property(GLOBAL PROPERTY actfn_apt_is_prepared OFF)

        # Which mirror serves this release, and where that is written.
        execute_process(COMMAND ${ACTFN_APT_GET} indextargets --no-release-info
            --format "$(RELEASE) $(COMPONENT) $(REPO_URI) $(SOURCESENTRY)" "Identifier: Packages"
            OUTPUT_VARIABLE targets ERROR_QUIET)
        if(NOT targets MATCHES "(^|\n)${codename} main ([^ ]+) ([^ ]+):[0-9]+(\n|$)")
            return()
        endif()
        set(mirror ${CMAKE_MATCH_2})
        file(READ ${CMAKE_MATCH_3} entry)
        set(signed_by "")
        if(entry MATCHES "[Ss]igned-[Bb]y[:=] *(/[^] \n]+)")
            set(signed_by "Signed-By: ${CMAKE_MATCH_1}\n")
        endif()

        set(suites ${own_suites} ${newer_suites})
        list(REMOVE_DUPLICATES suites)
        list(JOIN suites " " suites)
        list(JOIN components " " components)
        # For another processor its own packages, in an ACTFN_DOWNLOAD_DIR of its own.
        set(foreign "")
        if(CMAKE_CROSSCOMPILING AND CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|riscv64)$")
            set(architecture ${CMAKE_SYSTEM_PROCESSOR})
            if(architecture STREQUAL "aarch64")
                set(architecture arm64)
            endif()
            string(CONCAT foreign "APT::Architecture \"${architecture}\";\n"
                "APT::Architectures { \"${architecture}\"; };\n")
        endif()
        file(MAKE_DIRECTORY ${home}/lists/partial ${home}/cache/archives/partial)
        file(WRITE ${home}/suites.sources
            "Types: deb\nURIs: ${mirror}\nSuites: ${suites}\nComponents: ${components}\n${signed_by}")
        # Read after the system's configuration, whose proxies and certificates stay in force.
        file(WRITE ${home}/apt.conf
            "Dir::Etc::sourcelist \"${home}/suites.sources\";\n"
            "Dir::Etc::sourceparts \"-\";\n"
            "Dir::Etc::preferences \"/dev/null\";\n"
            "Dir::Etc::preferencesparts \"/dev/null\";\n"
            "Dir::State \"${home}\";\n"
            "Dir::State::lists \"${home}/lists\";\n"
            "Dir::State::status \"/dev/null\";\n"
            "Dir::Cache \"${home}/cache\";\n"
            "Dir::Cache::pkgcache \"packages\";\n"
            "Dir::Cache::srcpkgcache \"\";\n"
            "Dir::Log \"${home}\";\n"
            "Acquire::Languages \"none\";\n"
            "Acquire::http::Timeout \"10\";\n"
            "Acquire::https::Timeout \"10\";\n"
            "#clear APT::Update::Pre-Invoke;\n"
            "#clear APT::Update::Post-Invoke;\n"
            "#clear APT::Update::Post-Invoke-Success;\n"
            # Root would otherwise warn that the download user cannot enter the build tree.
            "APT::Sandbox::User \"root\";\n"
            "${foreign}")

        # A suite that the mirror does not have is no failure as long as another one has the package.
        message(STATUS "Reading the package lists of ${suites}")
        execute_process(COMMAND ${ACTFN_APT_GET} -c ${home}/apt.conf -q update TIMEOUT 120
            RESULT_VARIABLE status OUTPUT_VARIABLE log ERROR_VARIABLE log)
        file(WRITE ${home}/update.log "${log}")
        set_property(GLOBAL PROPERTY actfn_apt_is_prepared ON)
    elseif(NOT prepared)
        return()
    endif()

    set(${get_result} ${ACTFN_APT_GET} -c ${home}/apt.conf -q PARENT_SCOPE)
    set(${cache_result} apt-cache -c ${home}/apt.conf -q PARENT_SCOPE)
    set(${suites_result} ${own_suites} PARENT_SCOPE)
endfunction()

# Whether a Debian version such as 1:3.7.1-0.4~bpo12+1 satisfies one of the requests: "3.7" is "3.7 or newer of the
# same major", "13.2...<13.3" a range.
function(actfn_is_acceptable candidate requests result)
    string(REGEX REPLACE "^[0-9]+:" "" candidate ${candidate})
    string(REGEX MATCH "^[0-9.]*[0-9]" candidate ${candidate})
    set(${result} OFF PARENT_SCOPE)
    foreach(request IN LISTS requests)
        if(request MATCHES "^(.*)\\.\\.\\.<(.*)$")
            set(first ${CMAKE_MATCH_1})
            set(end ${CMAKE_MATCH_2})
        else()
            set(first ${request})
            string(REGEX MATCH "^[0-9]+" major ${request})
            math(EXPR end "${major} + 1")
        endif()
        if(candidate VERSION_GREATER_EQUAL first AND candidate VERSION_LESS end)
            set(${result} ON PARENT_SCOPE)
        endif()
    endforeach()
endfunction()
